/** What a message is for. Marketing needs consent and keeps to its window; payment types are never sent twice on a doubt. */
export type Category = 'utility' | 'marketing';

/** What becomes of an attempt of which nobody knows whether it arrived: `hold` waits for a receipt or a person. */
export type OnUnknown = 'resend' | 'hold';

/** Whether quiet hours postpone this type (`defer`) or do not concern it (`ignore`). */
export type QuietHoursRule = 'defer' | 'ignore';

/** The fixed facts of one kind of message (events.md). A template version may override `onUnknown`, `quietHours` and `validityMs`. */
export interface MessageTypeFacts {
  readonly category: Category;
  /** The wish for an answer at once; it decides nothing else. */
  readonly immediate: boolean;
  readonly quietHours: QuietHoursRule;
  readonly onUnknown: OnUnknown;
  /** How long the message is worth sending, unless the event names a moment. Milliseconds. */
  readonly validityMs: number;
  /** True when the message is bound to a moment (a slot, a due date) and a resend needs a new `valid_until`. */
  readonly boundToMoment: boolean;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const hour = 3_600_000;
const day = 24 * hour;

/** The ten message types. */
export const messageTypes = {
  order_confirmation: {
    category: 'utility',
    immediate: true,
    quietHours: 'ignore',
    onUnknown: 'resend',
    validityMs: day,
    boundToMoment: false,
    required: ['customer_name', 'order_id'],
    optional: ['total_amount', 'currency', 'delivery_date', 'items'],
  },
  subscription_confirmation: {
    category: 'utility',
    immediate: true,
    quietHours: 'ignore',
    onUnknown: 'resend',
    validityMs: day,
    boundToMoment: false,
    required: ['customer_name', 'product', 'start_date'],
    optional: ['subscription_id', 'schedule'],
  },
  pause_confirmation: {
    category: 'utility',
    immediate: true,
    quietHours: 'ignore',
    onUnknown: 'resend',
    validityMs: day,
    boundToMoment: false,
    required: ['customer_name'],
    optional: ['subscription_id', 'product', 'resume_date'],
  },
  delivery_reminder: {
    category: 'utility',
    immediate: false,
    quietHours: 'defer',
    onUnknown: 'resend',
    validityMs: day,
    boundToMoment: true,
    required: ['customer_name', 'delivery_date'],
    optional: ['slot', 'area', 'delivery_id', 'subscription_id'],
  },
  delivery_confirmed: {
    category: 'utility',
    immediate: true,
    quietHours: 'ignore',
    onUnknown: 'resend',
    validityMs: 12 * hour,
    boundToMoment: false,
    required: ['customer_name', 'delivery_date'],
    optional: ['delivery_id', 'order_id', 'delivery_slot'],
  },
  delivery_delayed: {
    category: 'utility',
    immediate: true,
    quietHours: 'ignore',
    onUnknown: 'resend',
    validityMs: day,
    boundToMoment: true,
    required: ['customer_name', 'new_slot'],
    optional: ['delivery_id', 'reason'],
  },
  payment_reminder: {
    category: 'utility',
    immediate: false,
    quietHours: 'defer',
    onUnknown: 'hold',
    validityMs: day,
    boundToMoment: true,
    required: ['customer_name', 'amount'],
    optional: ['bill_id', 'currency', 'period', 'due_date'],
  },
  payment_confirmation: {
    category: 'utility',
    immediate: true,
    quietHours: 'ignore',
    onUnknown: 'hold',
    validityMs: day,
    boundToMoment: false,
    required: ['customer_name', 'amount'],
    optional: ['payment_id', 'bill_id', 'order_id', 'currency'],
  },
  churn_risk: {
    category: 'marketing',
    immediate: false,
    quietHours: 'defer',
    onUnknown: 'hold',
    validityMs: 7 * day,
    boundToMoment: false,
    required: ['customer_name'],
    optional: ['last_order_date', 'offer'],
  },
  new_product: {
    category: 'marketing',
    immediate: false,
    quietHours: 'defer',
    onUnknown: 'hold',
    validityMs: 7 * day,
    boundToMoment: false,
    required: ['customer_name', 'product_name'],
    optional: ['product_id', 'description'],
  },
} as const satisfies Record<string, MessageTypeFacts>;

export type MessageType = keyof typeof messageTypes;

/** All ten, in the order of events.md. */
export const messageTypeNames = Object.keys(messageTypes) as readonly MessageType[];

/** The facts of a message type. */
export function factsOf(messageType: MessageType): MessageTypeFacts {
  return messageTypes[messageType];
}

/** True when `text` names one of the ten types. */
export function isMessageType(text: string): text is MessageType {
  return Object.hasOwn(messageTypes, text);
}
