import type { MessageSender, Outcome, Shipment } from '@earlybird/core';

/** Decides what becomes of a shipment; `nth` counts the shipments to the same notification from 1. */
export type Script = (shipment: Shipment, nth: number) => Outcome | Promise<Outcome>;

/** An acceptance under an id that tells which attempt of which notification it was. */
export function acceptance({ notificationId, attempt }: Pick<Shipment, 'notificationId' | 'attempt'>): Outcome {
  return { kind: 'accepted', providerMessageId: `wamid of ${notificationId} attempt ${attempt}`, httpStatus: 200 };
}

/** Remembers what it was asked to send and answers by its script; accepts everything unless told otherwise. */
export class ScriptedSender implements MessageSender {
  readonly shipments: Shipment[] = [];

  constructor(public script: Script = acceptance) {}

  async send(shipment: Shipment): Promise<Outcome> {
    this.shipments.push(shipment);
    const nth = this.shipments.filter(({ notificationId }) => notificationId === shipment.notificationId).length;
    return this.script(shipment, nth);
  }
}
