import type { MessageType, OnUnknown, QuietHoursRule } from './message-type.js';

/** The approved template at the provider that stands for ours (provider.md). `parameters` are variable names in order. */
export interface ProviderTemplate {
  readonly name: string;
  readonly language: string;
  readonly parameters: readonly string[];
}

/** What the provider says against the approved template that a version of ours is mapped to. */
export interface TemplateObjection {
  /** A stable word, e.g. `template_paused`. */
  readonly reason: string;
  readonly at: Date;
  /** While it lasts nothing of this template is sent. Absent: for good, and every message of it is refused. */
  readonly until?: Date;
}

/** The reason of a notification that waits because its template is held. */
export const templateHeld = 'template_held';

/** Until when nothing of a template is sent; undefined when it may be. */
export function heldUntil({ objection }: Pick<Template, 'objection'>, now: Date): Date | undefined {
  return objection?.until !== undefined && objection.until > now ? objection.until : undefined;
}

/** One version of the text for one message type in one language. Its words never change; editing makes a new one. */
export interface Template {
  readonly messageType: MessageType;
  /** ISO 639-1, `en` or `hi`. */
  readonly language: string;
  /** From 1, per message type and language. */
  readonly version: number;
  readonly state: 'draft' | 'published' | 'retired';
  /** nunjucks source. */
  readonly body: string;
  readonly onUnknown: OnUnknown;
  readonly quietHours: QuietHoursRule;
  readonly validityMs: number;
  /** Whether a utility message that would expire in quiet hours is sent at once instead. */
  readonly overrideQuietHours: boolean;
  readonly providerTemplate?: ProviderTemplate;
  /** Publishing, also of the version that is published already, takes it off. */
  readonly objection?: TemplateObjection;
  readonly author: string;
  readonly createdAt: Date;
}

/** The language in which every message type is seeded; used when the recipient's own has no published template. */
export const fallbackLanguage = 'en';
