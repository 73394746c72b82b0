import { sampleEvent } from '@earlybird/events';
import {
  eventually,
  guardLeaks,
  type HttpAnswer,
  type JournalLine,
  type RecordedNotification,
  type RunningSystem,
  startSystem,
} from '@earlybird/testing';

/** 10,000 show the same (EARLYBIRD_REPLAY=10000), in some four minutes. */
const count = Number(process.env['EARLYBIRD_REPLAY'] ?? '200');
const limitMs = 120_000 + count * 100;
/** So fast, of the first run, that kills, single resends and trouble each come in its middle. */
const ratePerSecond = Math.min(150, Math.max(8, count / 40));
/** Events and single resends on their way at once. */
const atOnce = 50;
/** Of each special case. */
const few = 3;
/** How long api and worker remember settings. */
const settingsLifeMs = 5_000;

/** A payment is never sent again by itself on a doubt: so every second delivery would be the replay's fault. */
const eventType = 'billing.payment_received';

/** Five ways to fail: refused for three reasons, given up after three attempts, and reported as failed later. */
const troubles = [
  { fault: 'error', code: '131008' },
  { fault: 'error', code: '131047' },
  { fault: 'error', code: '132000' },
  { fault: 'error', code: '131000', status: 500 },
  { fault: 'failed-receipt', code: '131026' },
] as const;
const causes = [
  'bad_request 131008',
  'window_closed 131047',
  'template_mismatch 132000',
  'provider_error 131000',
  'failed_receipt 131026',
];

interface ReplayShown {
  readonly id: string;
  readonly state: string;
  readonly state_reason?: string;
  readonly progress?: { readonly looked_at: number; readonly counts: Readonly<Record<string, number>> };
  readonly worker?: string;
}

const none = {
  eligible: 0,
  resent: 0,
  delivered: 0,
  in_flight: 0,
  already_resent: 0,
  settled: 0,
  expired: 0,
  opted_out: 0,
  unreachable: 0,
  invalid: 0,
};

describe(`a replay of ${count} failures of five causes`, () => {
  let system: RunningSystem;
  /** Those that failed at first, and nothing that was made of them. */
  let originals: readonly RecordedNotification[] = [];
  let special: readonly RecordedNotification[] = [];
  beforeAll(async () => {
    system = await startSystem({
      api: true,
      workers: 2,
      workerEnv: { NOTIFICATION_REPLAY_INTERVAL_MS: '200', NOTIFICATION_REPLAY_LEASE_MS: '3000' },
    });
  }, 90_000);
  afterAll(() => system.stop(), 30_000);

  it(
    'is counted exactly beforehand, whatever became of each since, and changes nothing',
    async () => {
      for (const [index, trouble] of troubles.entries()) await failSome(index, trouble);
      originals = await system.record.notifications();
      expect(await groups()).toEqual([...causes].sort());
      expect(await dryRun()).toEqual({ ...none, eligible: count });

      // The last ones, so that the replay meets them at its end: what failed again singly is no failure of its own trouble.
      special = [...originals].sort(byAge).slice(-5 * few);
      const kind = (index: number): Some => special.slice(index * few, (index + 1) * few);
      const [expired, optedOut, dismissed, arrived, again] = [kind(0), kind(1), kind(2), kind(3), kind(4)];
      const log = system.record.collection<RecordedNotification>('notifications_log');
      await log.updateMany({ _id: { $in: idsOf(expired) } }, { $set: { validUntil: new Date() } });
      for (const { recipient } of optedOut)
        await called('PUT', `/settings/${recipient.userId ?? ''}`, { notifications_enabled: false });
      const optedOutAt = Date.now();
      await called('POST', '/failures/dismiss', { ids: idsOf(dismissed) });
      await eventually(() => Date.now() > optedOutAt + settingsLifeMs, { message: 'nobody remembers old settings' });

      await fault({ fault: 'error', code: '131009' });
      for (const { _id } of again) await called('POST', `/resend/${_id}`, {});
      await statusOfSuccessors(again, ['failed']);
      await fault({ fault: 'outage' });
      for (const { _id } of arrived) await resentFiftyTimesAtOnce(_id);
      const rest = { expired: few, opted_out: few, settled: few, already_resent: few };
      // What failed once more is a failure of its own.
      const eligible = count - 4 * few;
      expect(await dryRun()).toEqual({ ...none, ...rest, eligible, in_flight: few });
      await fault();
      await statusOfSuccessors(arrived, ['read']);
      expect(await dryRun()).toEqual({ ...none, ...rest, eligible, delivered: few });
      expect(await system.record.collection('replays').countDocuments()).toBe(0);
    },
    limitMs,
  );

  it(
    'outlives api and worker, leaves parallel single resends alone, and stops when the provider fails',
    async () => {
      const replay = await started({ rate_per_second: ratePerSecond, max_failure_percent: 10, min_outcomes: 10 });
      const singles = resendSingly(
        originals.filter((one, index) => index % 10 === 0 && !idsOf(special).includes(one._id)),
      );
      const before = await lookedAt(replay.id, count / 10);
      const holder = system.workers.find(({ pid }) => before.worker?.endsWith(`/${pid}`));
      if (holder === undefined || system.api === undefined)
        throw new Error(`nobody is ${before.worker ?? 'the worker'}`);
      await Promise.all([holder.kill(), system.api.kill()]);
      await system.api.start();
      await eventually(async () => (await shown(replay.id)).worker !== before.worker, {
        message: 'another worker has taken over',
      });
      // Not waited for: on a busy machine the replay could be done before a worker has started.
      const back = holder.start();
      await lookedAt(replay.id, count / 4);
      await singles;

      await fault({ fault: 'error', code: '131009' });
      const stopped = await ended(replay.id);
      expect(stopped).toMatchObject({ state: 'stopped', state_reason: 'too_many_failures' });
      expect(stopped.progress?.looked_at).toBeLessThan(count);
      await back;
      await fault();
      await nothingWaits();
      await makesNoDoubles();
    },
    limitMs,
  );

  it(
    'is taken up by a second one, which does what its dry run counted: everything arrives once',
    async () => {
      const forecast = await dryRun();
      expect(forecast['in_flight']).toBe(await doubtful());
      const replay = await started({ rate_per_second: 200 });
      const done = await ended(replay.id);
      expect(done).toMatchObject({ state: 'done', state_reason: 'everything_looked_at' });
      expect(done.progress?.counts).toEqual({ ...forecast, eligible: 0, resent: forecast['eligible'] });
      await nothingWaits();
      await makesNoDoubles();
      const all = await system.record.notifications();
      expect(all.filter((one) => one.replay === replay.id)).toHaveLength(forecast['eligible'] ?? 0);
      const kept = new Set(idsOf(special.slice(0, 3 * few)));
      const open = all.filter(
        ({ _id, status, resentAs }) => status === 'failed' && resentAs === undefined && !kept.has(_id),
      );
      expect(open).toEqual([]);
      for (const one of all.filter(({ status }) => status === 'unknown'))
        expect(one.attempts.at(-1)).toMatchObject({ reason: 'lease_over' });
    },
    limitMs,
  );

  async function failSome(index: number, trouble: object): Promise<void> {
    await fault(trouble);
    const events = Array.from({ length: count / troubles.length }, (_, number) => {
      const customer = String(index * 100_000 + number).padStart(7, '0');
      const about = { id: `cust_${customer}`, phone: `+91987${customer}` };
      return sampleEvent(eventType, { id: `payment-${customer}`, time: new Date(), customer: about });
    });
    for (let from = 0; from < events.length; from += atOnce)
      await Promise.all(events.slice(from, from + atOnce).map((event) => system.publishers.publish(event)));
    const log = system.record.collection('notifications_log');
    const failed = ((index + 1) * count) / troubles.length;
    await eventually(async () => (await log.countDocuments({ status: 'failed' })) === failed, {
      withinMs: limitMs,
      message: `${failed} have failed`,
    });
    await fault();
  }

  async function groups(): Promise<readonly string[]> {
    const { body } = await called('GET', '/failures');
    const shownGroups = (body as { readonly groups: readonly { readonly cause: string; readonly count: number }[] })
      .groups;
    for (const group of shownGroups) expect(group.count).toBe(count / troubles.length);
    return shownGroups.map(({ cause }) => cause).sort();
  }

  async function dryRun(): Promise<Readonly<Record<string, number>>> {
    const { body } = await called('POST', '/replays', { dry_run: true });
    return (body as { readonly counts: Readonly<Record<string, number>> }).counts;
  }

  async function started(pace: object): Promise<ReplayShown> {
    const answer = await called('POST', '/replays', pace);
    expect(answer.status).toBe(202);
    return answer.body as ReplayShown;
  }

  async function shown(id: string): Promise<ReplayShown> {
    return (await called('GET', `/replays/${id}`)).body as ReplayShown;
  }

  function lookedAt(id: string, least: number): Promise<ReplayShown> {
    return eventually(
      async () => {
        const replay = await shown(id);
        return (replay.progress?.looked_at ?? 0) >= least && replay;
      },
      { withinMs: limitMs, message: `${least} were looked at` },
    );
  }

  function ended(id: string): Promise<ReplayShown> {
    return eventually(
      async () => {
        const replay = await shown(id);
        return replay.state !== 'running' && replay;
      },
      { withinMs: limitMs, message: 'the replay ends' },
    );
  }

  /** As support would, one by one; calls that the killed api never answers are repeated. */
  async function resendSingly(some: Some): Promise<void> {
    for (let from = 0; from < some.length; from += atOnce)
      await Promise.all(some.slice(from, from + atOnce).map(({ _id }) => resendOne(_id)));
  }

  async function resendOne(id: string): Promise<void> {
    await eventually(async () => [200, 409, 422].includes((await system.callApi('POST', `/resend/${id}`, {})).status), {
      message: `${id} is resent, or was`,
    });
  }

  /** Whoever presses the button again, or at the same time, is told of the one message that there is. */
  async function resentFiftyTimesAtOnce(id: string): Promise<void> {
    const answers = await Promise.all(Array.from({ length: 50 }, () => called('POST', `/resend/${id}`, {})));
    expect(new Set(answers.map(({ body }) => (body as { readonly id: string }).id)).size).toBe(1);
    expect(await system.record.notifications({ resendOf: id })).toHaveLength(1);
  }

  async function statusOfSuccessors(olds: Some, statuses: readonly string[]): Promise<void> {
    await eventually(
      async () => {
        const successors = await system.record.notifications({ resendOf: { $in: idsOf(olds) } });
        return successors.length === olds.length && successors.every(({ status }) => statuses.includes(status));
      },
      { message: `the resent ones are ${statuses.join()}` },
    );
  }

  async function nothingWaits(): Promise<void> {
    const log = system.record.collection('notifications_log');
    const onTheirWay = ['queued', 'sending', 'retrying', 'sent', 'delivered', 'scheduled'];
    await eventually(async () => (await log.countDocuments({ status: { $in: onTheirWay } })) === 0, {
      withinMs: limitMs,
      message: 'everything has come to its end',
    });
  }

  /** What a killed worker had in its hands: nobody knows whether it has arrived. */
  async function doubtful(): Promise<number> {
    return (await system.record.notifications({ status: 'unknown' })).length;
  }

  /** One new notification per old one, and no message delivered twice. */
  async function makesNoDoubles(): Promise<void> {
    const all = await system.record.notifications();
    const successors = all.filter(({ resendOf }) => resendOf !== undefined);
    expect(new Set(successors.map(({ resendOf }) => resendOf)).size).toBe(successors.length);
    for (const { _id, resendOf } of successors) expect(all.find((one) => one._id === resendOf)?.resentAs).toBe(_id);
    expect(all.filter(({ resentAs }) => resentAs !== undefined)).toHaveLength(successors.length);
    const seen = perNotification(await system.journal());
    for (const { _id } of successors) expect(seen.get(_id) ?? 0).toBeLessThanOrEqual(1);
    for (const { _id, status } of all) if (status === 'read') expect(seen.get(_id)).toBe(1);
  }

  async function fault(rule?: object): Promise<void> {
    const { status } =
      rule === undefined
        ? await system.callSimulator('DELETE', '/faults')
        : await system.callSimulator('PUT', '/faults', rule);
    expect(status).toBe(200);
  }

  async function called(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    const answer = await system.callApi(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${JSON.stringify(answer)}`);
    return answer;
  }
});

type Some = readonly RecordedNotification[];

const idsOf = (some: Some): string[] => some.map(({ _id }) => _id);

function byAge(left: RecordedNotification, right: RecordedNotification): number {
  return left.createdAt.getTime() - right.createdAt.getTime() || (left._id < right._id ? -1 : 1);
}

/** How often the simulator has delivered each. */
function perNotification(journal: readonly JournalLine[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const { kind, notificationId } of journal)
    if (kind === 'delivery' && notificationId !== undefined)
      seen.set(notificationId, (seen.get(notificationId) ?? 0) + 1);
  return seen;
}

guardLeaks();
