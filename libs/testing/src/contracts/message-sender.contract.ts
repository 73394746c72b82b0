import type { MessageSender, Outcome, Shipment } from '@earlybird/core';
import { aShipment } from '../builders/a-shipment.js';

/** What the provider does with a shipment. */
export type ProviderScenario =
  | 'accepts'
  /** Says that it failed, in a way that may pass. */
  | 'fails'
  /** Says that this message will never go. */
  | 'refuses'
  /** Asks to slow down. */
  | 'throttles'
  /** Turns the account away. */
  | 'locks'
  /** Cannot be reached. */
  | 'away'
  /** Delivers, and breaks the connection before the answer. */
  | 'delivers_and_cuts'
  /** Delivers, and answers long after the time limit. */
  | 'delivers_and_stays_silent';

/** A sender with a provider behind it that does as the test asks. */
export interface MessageSenderUnderTest {
  readonly sender: MessageSender;
  /** From now on the provider does this with every message. */
  readonly arrange: (scenario: ProviderScenario) => Promise<void>;
  /** How often the customer has the message. */
  readonly deliveries: (shipment: Shipment) => Promise<number>;
  /** The connect and total time limits together, in milliseconds. */
  readonly limitMs: number;
  /** Texts that must not appear in an outcome. */
  readonly secrets: readonly string[];
  readonly close: () => Promise<void>;
}

const expected = {
  accepts: { kind: 'accepted', deliveries: 1 },
  fails: { kind: 'deferred', deliveries: 0 },
  refuses: { kind: 'refused', deliveries: 0 },
  throttles: { kind: 'throttled', deliveries: 0 },
  locks: { kind: 'halted', deliveries: 0 },
  away: { kind: 'halted', deliveries: 0 },
  delivers_and_cuts: { kind: 'unknown', deliveries: 1 },
  delivers_and_stays_silent: { kind: 'unknown', deliveries: 1 },
} as const satisfies Record<ProviderScenario, { kind: Outcome['kind']; deliveries: number }>;

const scenarios = Object.keys(expected) as ProviderScenario[];

/** A busy machine may be this late; far below the lease's margin of five seconds. */
const slackMs = 2_000;

/** As many as a worker may have under way. */
const atOnce = 64;

/** What every MessageSender promises: one try, no exception, an answer in time, and doubt called doubt. */
export function messageSenderContract(name: string, make: () => Promise<MessageSenderUnderTest>): void {
  describe(`${name} keeps the contract of the message sender`, () => {
    let under: MessageSenderUnderTest;
    beforeAll(async () => {
      under = await make();
    });
    afterAll(() => under.close());

    const timed = async (shipment: Shipment) => {
      const start = performance.now();
      const outcome = await under.sender.send(shipment);
      return { outcome, durationMs: performance.now() - start };
    };

    describe.each(scenarios)('when the provider %s', (scenario) => {
      beforeEach(() => under.arrange(scenario));

      it(`comes to ${expected[scenario].kind}, after one try`, async () => {
        const shipment = aShipment();
        expect((await under.sender.send(shipment)).kind).toBe(expected[scenario].kind);
        expect(await under.deliveries(shipment)).toBe(expected[scenario].deliveries);
      });

      it('answers within its time limits, however many are under way', async () => {
        const sends = await Promise.all(Array.from({ length: atOnce }, () => timed(aShipment())));
        expect(new Set(sends.map(({ outcome }) => outcome.kind))).toEqual(new Set([expected[scenario].kind]));
        expect(Math.max(...sends.map(({ durationMs }) => durationMs))).toBeLessThan(under.limitMs + slackMs);
      });

      it('says nothing personal and nothing secret', async () => {
        const shipment = aShipment();
        const said = JSON.stringify(await under.sender.send(shipment));
        const personal = [shipment.phone.slice(1), shipment.phone.slice(3), 'Priya', shipment.message.text];
        expect([...personal, ...under.secrets].filter((text) => said.includes(text))).toEqual([]);
      });
    });

    it('gives each accepted message an id of its own', async () => {
      await under.arrange('accepts');
      const outcomes = await Promise.all(Array.from({ length: atOnce }, () => under.sender.send(aShipment())));
      const ids = outcomes.map((outcome) => (outcome.kind === 'accepted' ? outcome.providerMessageId : ''));
      expect(new Set(ids).size).toBe(atOnce);
      expect(ids).not.toContain('');
    });

    it('gives a reason as a stable word, and at most 500 characters of detail', async () => {
      for (const scenario of scenarios.filter((one) => expected[one].kind !== 'accepted')) {
        await under.arrange(scenario);
        const outcome = await under.sender.send(aShipment());
        expect(outcome).toHaveProperty('reason', expect.stringMatching(/^[a-z][a-z0-9_]+$/));
        expect('detail' in outcome ? (outcome.detail?.length ?? 0) : 0).toBeLessThanOrEqual(500);
      }
    });

    it('says how long to wait when it is told to slow down, and tells the account from the road', async () => {
      await under.arrange('throttles');
      expect(await under.sender.send(aShipment())).toMatchObject({ kind: 'throttled', scope: 'sender' });
      expect(await under.sender.send(aShipment())).toHaveProperty('retryAfterMs', expect.any(Number));
      await under.arrange('locks');
      expect(await under.sender.send(aShipment())).toMatchObject({ kind: 'halted', scope: 'account' });
      await under.arrange('away');
      expect(await under.sender.send(aShipment())).toMatchObject({ kind: 'halted', scope: 'road' });
    });

    it('accepts again as soon as the provider does', async () => {
      for (const scenario of scenarios) {
        await under.arrange(scenario);
        await under.sender.send(aShipment());
        await under.arrange('accepts');
        expect((await under.sender.send(aShipment())).kind).toBe('accepted');
      }
    });
  });
}
