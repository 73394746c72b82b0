/** The two wire contracts of provider.md. */
export type Contract = 'whatsapp' | 'chat';

/** A template of the chat contract as it was sent: its name, its language, and what fills its holes. */
export interface SentTemplate {
  readonly name: string;
  readonly language: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What one well-formed call asks MyOperator to deliver, whichever contract carried it. */
export interface SentMessage {
  readonly contract: Contract;
  /** E.164, with its plus. */
  readonly recipient: string;
  /** The text, or a template's parameters joined, so that it can be searched and hashed. */
  readonly text: string;
  readonly template?: SentTemplate;
  /** `myop_ref_id` of the chat contract: the caller's own name for this message. */
  readonly reference?: string;
}
