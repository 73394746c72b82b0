import type { MessageType } from './message-type.js';
import type { Template } from './template.js';

/** Port: where templates are kept. Throws AppError `database_unavailable`. */
export interface TemplateStore {
  /** The published version in `language`, else in the fallback language. May be up to 5 s old. */
  findPublished(messageType: MessageType, language: string): Promise<Template | undefined>;
}
