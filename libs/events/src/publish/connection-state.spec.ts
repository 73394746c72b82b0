import { ConnectionState, type PublisherState } from './connection-state.js';

describe('the state of a publisher', () => {
  it('wakes those who wait when it is connected', async () => {
    const state = new ConnectionState();
    const waiting = state.whenConnected();
    state.enter('connected');
    expect(await waiting).toBe(true);
    expect(await state.whenConnected()).toBe(true);
  });

  it('wakes those who wait in vain when it is closed', async () => {
    const state = new ConnectionState();
    const waiting = state.whenConnected();
    state.enter('closed');
    expect(await waiting).toBe(false);
    expect(await state.whenConnected()).toBe(false);
  });

  it('never leaves closed, and tells of every step', () => {
    const steps: PublisherState[] = [];
    const state = new ConnectionState((step) => steps.push(step));
    for (const step of ['connected', 'blocked', 'closed', 'connected'] as const) state.enter(step);
    expect(state.current).toBe('closed');
    expect(steps).toEqual(['connected', 'blocked', 'closed']);
  });
});
