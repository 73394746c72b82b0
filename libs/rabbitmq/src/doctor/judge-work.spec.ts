import { topologyOf } from '../topology/topology.js';
import type { BrokerPicture } from './broker-picture.js';
import { judgeWork } from './judge-work.js';
import type { WorkFigures } from './work-figures.js';

const topology = topologyOf({ eventTypes: [], retryDelaysMs: [300_000], deferDelayMs: 30_000 });
const now = new Date('2026-02-01T10:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const picture = (seen: Readonly<Record<string, { ready?: number; consumers?: number }>> = {}): BrokerPicture => ({
  majorVersion: 4,
  exchanges: [],
  bindings: [],
  policies: [],
  queues: topology.queues.map(({ name, kind, arguments: queueArguments }) => ({
    name,
    arguments: queueArguments,
    ready: 0,
    consumers: kind === 'work' ? 1 : 0,
    ...seen[name],
  })),
});
const figures = (some: Partial<WorkFigures> = {}): WorkFigures => ({
  waiting: [],
  overdue: { count: 0 },
  parked: 0,
  ...some,
});

const subjects = (seen: BrokerPicture, some?: WorkFigures): readonly string[] =>
  judgeWork(topology, seen, some, now).map(({ severity, subject }) => `${severity} ${subject}`);

describe('the work', () => {
  it('is well when everything is consumed and nothing waits', () => {
    expect(subjects(picture(), figures())).toEqual([]);
    expect(subjects(picture())).toEqual([]);
  });

  it('stands still while the provider is halted: that, and not what follows from it, is the finding', () => {
    const halted = { reason: 'unauthorized', since: ago(30) };
    const waiting = [{ status: 'queued', count: 90, oldestAt: ago(30) }];
    const seen = picture({ 'notifications.dispatch': { consumers: 0 } });
    expect(subjects(seen, figures({ halted, waiting, overdue: { count: 3 } }))).toEqual(['wrong provider']);
  });

  it.each([
    ['queued for less than a quarter of an hour', { status: 'queued', count: 1, oldestAt: ago(15) }, []],
    ['queued for longer', { status: 'queued', count: 1, oldestAt: ago(16) }, ['wrong queued']],
    ['perhaps sent today', { status: 'unknown', count: 1, oldestAt: ago(24 * 60) }, []],
    ['perhaps sent before', { status: 'unknown', count: 1, oldestAt: ago(24 * 60 + 1) }, ['notice unknown']],
    ['scheduled long ago', { status: 'scheduled', count: 1, oldestAt: ago(99_999) }, []],
  ])('what is %s is judged by its age', (_, figure, expected) => {
    expect(subjects(picture(), figures({ waiting: [figure] }))).toEqual(expected);
  });

  it('that nobody took up is a fault, unless its lane is only busy', () => {
    const overdue = { count: 2, oldestAt: ago(60) };
    expect(subjects(picture(), figures({ overdue }))).toEqual(['wrong sweeper']);
    expect(subjects(picture({ 'notifications.dispatch.bulk': { ready: 1_001 } }), figures({ overdue }))).toEqual([]);
  });

  it.each([
    [2, 2, ['notice notifications.dispatch.dlq']],
    [3, 2, ['wrong notifications.dispatch.dlq']],
    [1, 2, ['notice notifications.dispatch.dlq']],
  ])('with %i dead letters for %i failures is judged by whether one explains the other', (ready, parked, expected) => {
    expect(subjects(picture({ 'notifications.dispatch.dlq': { ready } }), figures({ parked }))).toEqual(expected);
  });

  it.each([
    ['notifications.events.dlq', 'npm run parked'],
    ['notifications.receipts.dlq', 'management UI'],
  ])('that was set aside in %s is looked at by its own means', (queue, means) => {
    const [finding] = judgeWork(topology, picture({ [queue]: { ready: 1 } }), figures(), now);
    expect(finding).toMatchObject({ severity: 'notice', subject: queue });
    expect(finding?.remedy).toContain(means);
  });

  it('that was set aside is shown, and what nobody listens to is a fault', () => {
    const seen = picture({ 'notifications.events.dlq': { ready: 1 }, 'domain.events.unrouted': { ready: 1 } });
    expect(subjects(seen)).toEqual(['wrong domain.events.unrouted', 'notice notifications.events.dlq']);
  });
});
