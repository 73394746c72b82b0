import { type Shipment } from '@earlybird/core';
import { type TransportRequest } from '../client/exchange.js';

/** A shipment in the words of a contract, or why this contract can never carry it. */
export type WireCall =
  | { readonly ok: true; readonly request: TransportRequest }
  | { readonly ok: false; readonly reason: string; readonly detail: string };

/** One of MyOperator's two wire contracts: how a message and a probe are put, and what in them is secret. */
export interface WireContract {
  readonly api: 'whatsapp' | 'chat';
  readonly call: (shipment: Shipment) => WireCall;
  /** A call that sends nothing, but shows whether the provider can be reached and the account is open. */
  readonly probe: TransportRequest;
  /** Statuses of the probe's answer that mean "reachable and authenticated", beside 2xx. */
  readonly probeAccepts: readonly number[];
  /** Never to be seen in an outcome. */
  readonly secrets: readonly string[];
}

/**
 * Headers that both contracts share. The last two name our notification and attempt: ignored by the real provider, and what the
 * simulator's journal is read by.
 */
export function shipmentHeaders({ notificationId, attempt }: Shipment): Record<string, string> {
  return { ...commonHeaders, 'x-notification-id': notificationId, 'x-attempt': String(attempt) };
}

/** What every call says. */
export const commonHeaders = {
  'content-type': 'application/json',
  accept: 'application/json',
  'user-agent': 'earlybird-notifications',
} as const;
