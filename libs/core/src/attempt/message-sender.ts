import type { Message } from '../message/message.js';
import type { Variables } from '../message/variables.js';
import type { Outcome } from './outcome.js';

/** What is handed to the provider in one attempt. */
export interface Shipment {
  readonly notificationId: string;
  readonly attempt: number;
  /** E.164. */
  readonly phone: string;
  readonly message: Message;
  readonly variables: Variables;
}

/**
 * Port: hands one message to the provider, once. Never throws and always answers within the connect and total time limits;
 * what it cannot tell apart from "perhaps sent" is `unknown`.
 */
export interface MessageSender {
  send(shipment: Shipment): Promise<Outcome>;
}
