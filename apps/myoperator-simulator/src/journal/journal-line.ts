import { type Contract } from '../contract/sent-message.js';

/** Raised when a line's fields change their meaning. */
export const journalVersion = 1;

/** What names the message of a request across its tries. Absent where the caller did not send it, or the body was unreadable. */
export interface RequestNames {
  /** E.164. */
  readonly recipient?: string;
  /** `myop_ref_id` of the chat contract. */
  readonly reference?: string;
  /** The header `X-Notification-Id`: our notification's id, ignored by the real provider. */
  readonly notificationId?: string;
  /** The header `X-Attempt`: the number of the attempt, from 1. */
  readonly attempt?: string;
  /** First 16 hexadecimal digits of the SHA-256 of the text: tells messages apart without keeping them. */
  readonly textHash?: string;
}

interface Line {
  readonly v: typeof journalVersion;
  /** Names the request within the file, over all runs of the simulator. */
  readonly request: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
}

/** A request has come in whole. Written before anything else is done with it. */
export interface ArrivalLine extends Line, RequestNames {
  readonly kind: 'arrival';
  readonly contract: Contract;
}

/**
 * The customer has the message: the line that counts. Two of them for one notification are a message sent twice.
 * Written before the answer leaves, so that whoever holds an answer finds it here.
 */
export interface DeliveryLine extends Line, RequestNames {
  readonly kind: 'delivery';
  readonly contract: Contract;
  readonly messageId: string;
}

/** How a request ended: answered; the connection cut by the simulator; or given up by the caller before an answer. */
export type Ending = 'answered' | 'cut' | 'given-up';

/**
 * A request is over. Written just before the answer is handed to the network, or when the connection has closed without one.
 * An arrival without an end was open when the simulator died.
 */
export interface EndLine extends Line, RequestNames {
  readonly kind: 'end';
  readonly contract: Contract;
  readonly ending: Ending;
  /** HTTP status of the answer; absent without one. */
  readonly status?: number;
  readonly delivered: boolean;
  readonly messageId?: string;
  /** The fault that it met. */
  readonly fault?: string;
  /** Counts as a try of a recipient that is known for its behaviour. */
  readonly recipientTried: boolean;
}

/** One line of the journal. */
export type JournalLine = ArrivalLine | DeliveryLine | EndLine;

/**
 * Which notification a request was for, whatever the attempt: the header says so, else the reference of the chat contract
 * without the number of the attempt behind its colon.
 */
export function notificationOf({ notificationId, reference }: RequestNames): string | undefined {
  return notificationId ?? reference?.replace(/:\d+$/, '');
}
