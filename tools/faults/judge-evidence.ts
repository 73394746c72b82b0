import { countedAttempts } from '@earlybird/core';
import { type Doubles, findDoubles } from './doubles.js';
import type { Evidence, Strike } from './evidence.js';
import { type Explained, explain } from './explain.js';
import { findForgotten } from './forgotten.js';
import { findLost } from './lost.js';
import { type MemoryGrowth, measureGrowth } from './memory-growth.js';
import { openStatuses } from './open-statuses.js';
import { type Intervals, measureIntervals } from './retry-intervals.js';
import { findWrongEnds } from './wrong-ends.js';

/** One promise, and whether it was kept. */
export interface Finding {
  readonly promise: string;
  readonly kept: boolean;
  /** What was seen, in a few words. */
  readonly seen: string;
  /** The first offenders, each in a line. */
  readonly offenders: readonly string[];
}

/** What a run came to. */
export interface Verdict {
  readonly kept: boolean;
  readonly findings: readonly Finding[];
  readonly doubles: Doubles;
  readonly intervals: Intervals;
  readonly recoveries: readonly Strike[];
  /** Of each process that lived long enough to tell. */
  readonly memory: readonly MemoryGrowth[];
  /** Final statuses and how many notifications have each. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly explained: Explained;
}

/** Consumers are back within this time of their broker (quality.md). */
const attachedWithinMs = 10_000;
/** Retry intervals are as asked within a second, for 99 of 100 (issue: bars). */
const punctualShare = 0.99;
/** Memory at the end is at most so many times that after warm-up (issue: bars). */
const mostGrowth = 1.2;
/** Enough to begin the search with. */
const offendersShown = 10;

/** Accounts for every event of a run and compares with what was promised. Pure: the same evidence, the same verdict. */
export function judgeEvidence(evidence: Evidence): Verdict {
  const explained = explain(evidence);
  const doubles = findDoubles(evidence, explained);
  const intervals = measureIntervals(evidence);
  const memory = measureGrowth(evidence.memory);
  const findings = [
    nothingMoves(evidence),
    nothingLost(evidence),
    ...noneDoubled(evidence, doubles, explained),
    endsAreRight(evidence, explained),
    limitsHold(evidence),
    outagesAreFree(evidence, explained),
    parkedOnce(evidence),
    receiptsArrive(evidence),
    punctual(intervals),
    attachedAgain(evidence),
    noCrashes(evidence),
    nothingUnhandled(evidence),
    memoryIsFlat(memory),
  ];
  return {
    kept: findings.every(({ kept }) => kept),
    findings,
    doubles,
    intervals,
    recoveries: evidence.strikes,
    memory,
    statuses: countBy(evidence.notifications.map(({ status }) => status)),
    explained,
  };
}

function finding(promise: string, offenders: readonly string[], seen = `${offenders.length}`): Finding {
  return { promise, kept: offenders.length === 0, seen, offenders: offenders.slice(0, offendersShown) };
}

function nothingMoves({ unrest, notifications, unsettled }: Evidence): Finding {
  const open = notifications.filter(({ status }) => openStatuses.includes(status));
  const offenders = open.map(({ _id, status }) => `${_id} is ${status}`);
  const inHand = Object.entries(unsettled).map(
    ([queue, count]) => `${count} of ${queue} are delivered and not settled`,
  );
  const waitedFor = unrest === undefined ? [] : [unrest];
  const seen = unrest === undefined ? `${open.length} open` : 'not in time';
  return finding('everything has come to an end', [...waitedFor, ...inHand, ...offenders], seen);
}

function nothingLost(evidence: Evidence): Finding {
  return finding('no event is lost', findLost(evidence));
}

function noneDoubled({ onUnknown }: Evidence, doubles: Doubles, explained: Explained): readonly Finding[] {
  const { unexplained, byRule } = doubles;
  const atKills = byRule.filter(({ why }) => why === 'open at a kill').length;
  const bound = `${atKills} of at most ${explained.openAtKills} attempts that were open at a kill`;
  return [
    finding(
      'nothing is sent twice without a doubt on record',
      unexplained.map(({ event, deliveries }) => `${event} was delivered ${deliveries} times`),
    ),
    onUnknown === 'hold'
      ? finding(
          'under hold nothing is sent twice',
          byRule.map(({ event }) => event),
        )
      : finding('doubts resend no more than was open at a kill', atKills > explained.openAtKills ? [bound] : [], bound),
  ];
}

function endsAreRight(evidence: Evidence, explained: Explained): Finding {
  return finding('every notification ends as it should', findWrongEnds(evidence, explained));
}

/** No attempt beyond the limit, and no number used for two requests. A probe of the breaker is about no notification. */
function limitsHold({ notifications, journal, maxAttempts }: Evidence): Finding {
  const beyond = notifications
    .filter(({ attempts }) => countedAttempts(attempts) > maxAttempts)
    .map(({ _id, attempts }) => `${_id} has ${countedAttempts(attempts)} counted attempts`);
  const requests = countBy(
    journal
      .filter(({ kind, notificationId }) => kind === 'arrival' && notificationId !== undefined)
      .map(({ notificationId = '', attempt = '?' }) => `attempt ${attempt} of ${notificationId}`),
  );
  const repeated = Object.entries(requests)
    .filter(([, count]) => count > 1)
    .map(([attempt, count]) => `${attempt} was ${count} requests`);
  return finding('no attempt beyond the limit, none made twice', [...beyond, ...repeated]);
}

/** A provider that is away costs no counted attempt of a customer who can be reached. */
function outagesAreFree({ planned, notifications }: Evidence, explained: Explained): Finding {
  const reachable = new Set(planned.filter(({ fate }) => fate.startsWith('told')).map(({ id }) => id));
  const wasted = notifications
    .filter(({ event }) => event !== undefined && reachable.has(event.id))
    .flatMap(({ _id, attempts }) =>
      attempts
        .filter(({ counted, outcome }) => counted === true && outcome !== 'accepted')
        .filter((attempt) => !explained.isOpenAtKill(attempt))
        .map(({ number, outcome, reason }) => `attempt ${number} of ${_id}: ${outcome} (${reason ?? ''})`),
    );
  return finding('an outage costs no attempt', wasted);
}

/** Whoever used up the attempts lies in the dead-letter queue, and nobody else does. */
function parkedOnce({ notifications, deadDispatches, deadReceipts }: Evidence): Finding {
  const lying = new Set(deadDispatches.map(({ headers }) => String(headers['x-notification-id'])));
  const exhausted = notifications.filter(({ statusReason }) => statusReason === 'attempts_exhausted');
  const ids = new Set(exhausted.map(({ _id }) => _id));
  const missing = [...ids].filter((id) => !lying.has(id)).map((id) => `${id} is failed and not set aside`);
  const strange = [...lying].filter((id) => !ids.has(id)).map((id) => `${id} is set aside and not failed`);
  const receipts = deadReceipts.map(({ headers }) => `a receipt is set aside: ${String(headers['x-reason'])}`);
  const copies = deadDispatches.length - lying.size;
  return finding(
    'the exhausted are set aside, and nobody else',
    [...missing, ...strange, ...receipts],
    `${lying.size} set aside${copies > 0 ? `, ${copies} of them more than once` : ''}`,
  );
}

/** Every message is read in the end, but for those that the provider forgot when it was killed itself. */
function receiptsArrive(evidence: Evidence): Finding {
  const promise = 'every receipt is recorded';
  if (!evidence.receipts) return { promise, kept: true, seen: 'none were reported', offenders: [] };
  const stuck = evidence.notifications.filter(({ status }) => ['sent', 'delivered'].includes(status));
  const { ids, most } = findForgotten(evidence);
  const missing = stuck.filter(({ _id }) => !ids.has(_id));
  const forgotten = stuck.length - missing.length;
  const bound = `${forgotten} of at most ${most} that the provider forgot when it was killed`;
  const offenders = missing.map(({ _id, status }) => `${_id} is ${status}, not read`);
  const beyond = forgotten > most ? [`not read: ${bound}`] : [];
  return finding(promise, [...beyond, ...offenders], most === 0 ? `${stuck.length} missing` : bound);
}

function punctual({ count, punctual: right, p50Ms, p99Ms, mostMs }: Intervals): Finding {
  const seen = count === 0 ? 'none to measure' : `late by ${p50Ms} ms (median), ${p99Ms} (p99), ${mostMs} (most)`;
  const kept = count === 0 || right / count >= punctualShare;
  return finding('retries come when they were asked for, ± 1 s', kept ? [] : [`${count - right} of ${count}`], seen);
}

function attachedAgain({ strikes }: Evidence): Finding {
  const offenders = strikes
    .filter(
      ({ attached, fault, recoveredAt, backAt }) =>
        !attached || (fault === 'broker' && recoveredAt - backAt > attachedWithinMs),
    )
    .map(({ victim, recoveredAt, backAt }) => `after ${victim}: ${recoveredAt - backAt} ms`);
  const slowest = Math.max(0, ...strikes.map(({ recoveredAt, backAt }) => recoveredAt - backAt));
  return finding('every consumer is attached again', offenders, `after ${slowest} ms at most`);
}

function noCrashes({ crashes }: Evidence): Finding {
  return finding(
    'no process ends by itself',
    crashes.map((name) => `${name} ended`),
  );
}

function nothingUnhandled({ unhandled }: Evidence): Finding {
  return finding('no rejection goes unhandled, no listener leaks', unhandled);
}

function memoryIsFlat(memory: readonly MemoryGrowth[]): Finding {
  const told = ({ process, warmMb, endMb }: MemoryGrowth) => `${process} ${warmMb} → ${endMb} MB`;
  const offenders = memory.filter(({ warmMb, endMb }) => endMb > mostGrowth * warmMb).map(told);
  const seen = memory.length === 0 ? 'no process lived long enough' : memory.map(told).join(', ');
  return finding('memory, garbage collected, ends at no more than 1.2 × that after warm-up', offenders, seen);
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
