import type { Outcome, Shipment } from '@earlybird/core';
import { messageSenderContract, type ProviderScenario } from '../contracts/message-sender.contract.js';
import { acceptance, ScriptedSender } from './scripted-sender.js';

const outcomes: Readonly<Record<ProviderScenario, (shipment: Shipment) => Outcome>> = {
  accepts: acceptance,
  fails: () => ({ kind: 'deferred', reason: 'provider_error' }),
  refuses: () => ({ kind: 'refused', reason: 'bad_request' }),
  throttles: () => ({ kind: 'throttled', reason: 'rate_limit', scope: 'sender', retryAfterMs: 1_000 }),
  locks: () => ({ kind: 'halted', reason: 'account_unauthorized', scope: 'account' }),
  away: () => ({ kind: 'halted', reason: 'connection_refused', scope: 'road' }),
  delivers_and_cuts: () => ({ kind: 'unknown', reason: 'connection_lost' }),
  delivers_and_stays_silent: () => ({ kind: 'unknown', reason: 'answer_timeout' }),
};

const delivering: readonly ProviderScenario[] = ['accepts', 'delivers_and_cuts', 'delivers_and_stays_silent'];

messageSenderContract('the scripted sender', async () => {
  const delivered: Shipment[] = [];
  const sender = new ScriptedSender();
  return {
    sender,
    arrange: async (scenario) => {
      sender.script = (shipment) => {
        if (delivering.includes(scenario)) delivered.push(shipment);
        return outcomes[scenario](shipment);
      };
    },
    deliveries: async ({ notificationId }) =>
      delivered.filter((shipment) => shipment.notificationId === notificationId).length,
    limitMs: 0,
    secrets: [],
    close: async () => undefined,
  };
});
