import { queues } from '../topology/names.js';
import type { Topology } from '../topology/topology-entry.js';
import type { BrokerPicture } from './broker-picture.js';
import { type Finding, remedies } from './finding.js';
import type { WorkFigures } from './work-figures.js';

/**
 * Whether the work flows: queues that nobody consumes, what waits too long, what nobody listens to, and dead letters against
 * the failures that explain them. Without `figures` what only MongoDB knows is left out.
 */
export function judgeWork(
  topology: Topology,
  seen: BrokerPicture,
  figures: WorkFigures | undefined,
  now: Date,
): readonly Finding[] {
  const ready = (name: string): number => seen.queues.find((queue) => queue.name === name)?.ready ?? 0;
  return [
    ...withoutConsumers(topology, seen, figures?.halted !== undefined),
    ...unrouted(ready(queues.unrouted)),
    ...setAside(ready(queues.eventsDead), queues.eventsDead, 'events', 'npm run parked -- list shows them'),
    ...setAside(ready(queues.receiptsDead), queues.receiptsDead, 'receipts', inTheManagementUi),
    ...(figures === undefined ? [] : deadDispatches(ready(queues.dispatchDead), figures.parked)),
    ...(figures === undefined ? [] : halted(figures, now)),
    ...(figures === undefined ? [] : waitingTooLong(figures, now)),
    ...(figures === undefined || figures.halted !== undefined || lanes.some((lane) => ready(lane) > busyLaneDepth)
      ? []
      : overdue(figures, now)),
  ];
}

const lanes: readonly string[] = [queues.dispatch, queues.dispatchBulk];

function withoutConsumers(topology: Topology, seen: BrokerPicture, isHalted: boolean): readonly Finding[] {
  return topology.queues
    .filter(({ kind }) => kind === 'work')
    .flatMap(({ name }) => seen.queues.filter((queue) => queue.name === name && queue.consumers === 0))
    .filter(({ name }) => !(isHalted && lanes.includes(name)))
    .map(({ name, ready }) => ({
      severity: 'wrong',
      subject: name,
      sentence: `Nobody consumes ${name}; ${envelopes(ready)} in it.`,
      remedy: `Start a worker; of one that runs, ${remedies.readiness}`,
      counted: true,
    }));
}

function unrouted(ready: number): readonly Finding[] {
  if (ready === 0) return [];
  return [
    {
      severity: 'wrong',
      subject: queues.unrouted,
      sentence: `${envelopes(ready)} in ${queues.unrouted}: published under a key that nobody was bound for.`,
      remedy: `${remedies.reroute} (hands over what has a rule now, and names the keys of the rest)`,
      counted: true,
    },
  ];
}

/** No command lists them: a receipt that nobody can read leaves nothing to be done again. */
const inTheManagementUi =
  'Get messages in the management UI shows them (Ack mode: Nack message requeue true); Purge Messages deletes them all';

function setAside(ready: number, queue: string, what: string, how: string): readonly Finding[] {
  if (ready === 0) return [];
  return [
    {
      severity: 'notice',
      subject: queue,
      sentence: `${envelopes(ready)} in ${queue}: ${what} that could not be taken wait for a person.`,
      remedy: `The header x-reason of each says why; ${how}`,
    },
  ];
}

/** One envelope lies there for each failure that waits for a person, no more and no fewer. */
function deadDispatches(ready: number, parked: number): readonly Finding[] {
  const subject = queues.dispatchDead;
  const list = 'GET /api/notifications/failures groups them by cause; resend or dismiss them';
  if (ready > parked)
    return [
      {
        severity: 'wrong',
        subject,
        sentence: `${envelopes(ready)} in ${subject}, but only ${parked} unresolved failures explain them.`,
        remedy: `A worker adopts and tidies within a minute: ${remedies.readiness}; what stays has its story in its headers`,
        counted: true,
      },
    ];
  if (ready < parked)
    return [
      {
        severity: 'notice',
        subject,
        sentence: `${parked} unresolved failures, but ${envelopes(ready)} in ${subject}: somebody has taken envelopes out.`,
        remedy: `Nothing is lost, MongoDB has them: ${list}`,
      },
    ];
  if (ready === 0) return [];
  return [
    {
      severity: 'notice',
      subject,
      sentence: `${ready} failed notifications wait for a person in ${subject}.`,
      remedy: list,
    },
  ];
}

/** A deployment holds events up for a minute, a burst of 10,000 at the default rate for four. */
const longQueuedMs = 15 * 60_000;
/** Receipts come within hours, or not at all. */
const longUnknownMs = 24 * 3_600_000;

/** Beyond this many ready envelopes a lane is late, and nothing in it counts as lost (architecture.md, sweeper). */
const busyLaneDepth = 1_000;

function halted({ halted: halt }: WorkFigures, now: Date): readonly Finding[] {
  if (halt === undefined) return [];
  return [
    {
      severity: 'wrong',
      subject: 'provider',
      sentence: `Nothing is sent since ${halt.since.toISOString()} (${age(halt.since, now)}): ${halt.reason}.`,
      remedy: 'Compare MYOPERATOR_* with the panel of MyOperator and look at its status; sending goes on by itself',
    },
  ];
}

function waitingTooLong({ waiting, halted: halt }: WorkFigures, now: Date): readonly Finding[] {
  return waiting.flatMap(({ status, count, oldestAt }): readonly Finding[] => {
    const waitedMs = now.getTime() - oldestAt.getTime();
    if (status === 'queued' && halt === undefined && waitedMs > longQueuedMs)
      return [
        {
          severity: 'wrong',
          subject: status,
          sentence: `${count} notifications are queued, the oldest for ${age(oldestAt, now)}.`,
          remedy: `Start more workers, or see why these do not send: ${remedies.readiness}`,
        },
      ];
    if (status === 'unknown' && waitedMs > longUnknownMs)
      return [
        {
          severity: 'notice',
          subject: status,
          sentence: `${count} notifications were perhaps sent, the oldest ${age(oldestAt, now)} ago; no receipt has told.`,
          remedy: 'GET /api/notifications/unknown lists them; POST /api/notifications/messages/ID/resolve decides one',
        },
      ];
    return [];
  });
}

function overdue({ overdue: { count, oldestAt } }: WorkFigures, now: Date): readonly Finding[] {
  if (count === 0) return [];
  const since = oldestAt === undefined ? '' : `, the first ${age(oldestAt, now)} ago`;
  return [
    {
      severity: 'wrong',
      subject: 'sweeper',
      sentence: `${count} notifications should have gone on${since}, and no worker has taken them up.`,
      remedy: `A worker that is ready sweeps every minute: ${remedies.readiness}`,
    },
  ];
}

const envelopes = (count: number): string => (count === 1 ? '1 envelope lies' : `${count} envelopes lie`);

function age(since: Date, now: Date): string {
  const minutes = Math.round((now.getTime() - since.getTime()) / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
