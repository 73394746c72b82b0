import type { MessageType } from './message-type.js';
import type { Template } from './template.js';

/** Port: where templates are kept. Throws AppError `database_unavailable`. */
export interface TemplateStore {
  /** The published version in `language`, else in the fallback language. May be up to 5 s old. */
  findPublished(messageType: MessageType, language: string): Promise<Template | undefined>;
}

/** What an author writes; number, state and date are given when it is saved. */
export type TemplateDraft = Omit<Template, 'version' | 'state' | 'createdAt'>;

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
   * Publishes a version, an older one too, and retires the one published before. Undefined when there is no such version.
   * Idempotent; of two at once the later one stays.
   */
  publish(messageType: MessageType, language: string, version: number): Promise<Template | undefined>;
}
