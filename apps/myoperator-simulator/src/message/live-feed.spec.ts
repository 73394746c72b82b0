import { jest } from '@jest/globals';
import type { CapturedMessage } from './captured-message.js';
import { type LiveChange, LiveFeed } from './live-feed.js';

const message = (id: number) => ({ id: String(id) }) as unknown as CapturedMessage;

describe('the feed of changed messages', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('names the newest hundred of many changes in one report, and says that there are more', () => {
    const feed = new LiveFeed();
    const told: LiveChange[] = [];
    feed.watch((change) => told.push(change) > 0);
    for (let id = 0; id < 300; id += 1) feed.report(message(id));
    jest.advanceTimersByTime(1_000);
    expect(told).toHaveLength(1);
    expect(told[0]?.more).toBe(true);
    expect(told[0]?.messages.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, index) => `${200 + index}`));
  });

  it('names a message once however often it changed, and reports nothing twice', () => {
    const feed = new LiveFeed();
    const told: LiveChange[] = [];
    feed.watch((change) => told.push(change) > 0);
    const changed = message(1);
    for (let times = 0; times < 5; times += 1) feed.report(changed);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([{ messages: [changed], more: false }]);
  });

  it('keeps a change for the next report when the page cannot take it now', () => {
    const feed = new LiveFeed();
    const told: LiveChange[] = [];
    let isBusy = true;
    feed.watch((change) => !isBusy && told.push(change) > 0);
    feed.report(message(1));
    jest.advanceTimersByTime(250);
    isBusy = false;
    jest.advanceTimersByTime(250);
    expect(told).toEqual([{ messages: [message(1)], more: false }]);
  });
});
