import type { MessageType, OnUnknown, QuietHoursRule } from './message-type.js';

/** The approved template at the provider that stands for ours (provider.md). `parameters` are variable names in order. */
export interface ProviderTemplate {
  readonly name: string;
  readonly language: string;
  readonly parameters: readonly string[];
}

/** One version of the text for one message type in one language. Versions never change; editing makes a new one. */
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
  readonly author: string;
  readonly createdAt: Date;
}

/** The language in which every message type is seeded; used when the recipient's own has no published template. */
export const fallbackLanguage = 'en';
