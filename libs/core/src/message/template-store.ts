import type { MessageType } from './message-type.js';
import type { Template, TemplateObjection } from './template.js';

/** Port: where templates are kept. Throws AppError `database_unavailable`. */
export interface TemplateStore {
  /**
   * The published version in `language`, else in the fallback language. May be up to 5 s old; one that is held is as it is
   * now, so that nothing is put off for a hold that is over.
   */
  findPublished(messageType: MessageType, language: string): Promise<Template | undefined>;
  /**
   * Records what the provider says against a version, if that is published still. True when it is news: false when an
   * objection for the same reason is on record that lasts still, or for good.
   */
  object(which: TemplateVersion, objection: TemplateObjection): Promise<boolean>;
}

/** By what one version is found. */
export type TemplateVersion = Pick<Template, 'messageType' | 'language' | 'version'>;

/** What an author writes; number, state and date are given when it is saved. */
export type TemplateDraft = Omit<Template, 'version' | 'state' | 'createdAt' | 'objection'>;

/**
 * Port: the templates as their authors see them; sending needs only `TemplateStore`. Always read as they are now. Versions
 * never change and are never deleted; at most one per message type and language is published, and once there is one there
 * always is. Throws AppError `database_unavailable`.
 */
export interface TemplateLibrary extends TemplateStore {
  /** Of every message type and language the published version and the drafts, by type, language and version. */
  list(): Promise<readonly Template[]>;
  /** Every version of a message type in every language, the newest first. */
  findVersions(messageType: MessageType): Promise<readonly Template[]>;
  /** Stores the next version of its message type and language, as a draft. Two at once get different versions. */
  save(draft: TemplateDraft, at: Date): Promise<Template>;
  /**
   * Publishes a version, an older one too, retires the one published before, and takes off what the provider said against
   * it. Undefined when there is no such version. Idempotent; of two at once the later one stays.
   */
  publish(messageType: MessageType, language: string, version: number): Promise<Template | undefined>;
}
