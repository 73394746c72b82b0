import { InFlight } from './in-flight.js';

describe('what is in flight', () => {
  it('lets one copy of a message at a time be under way', async () => {
    const inFlight = new InFlight();
    const first = inFlight.start('evt_1');
    const landed: string[] = [];
    const second = inFlight.othersLanded('evt_1').then(() => landed.push('second'));
    await inFlight.othersLanded('evt_2');
    expect(landed).toEqual([]);
    first.land();
    await second;
    expect(landed).toEqual(['second']);
    expect(inFlight.size).toBe(0);
  });

  it('is waited for as a whole', async () => {
    const inFlight = new InFlight();
    const flights = ['evt_1', 'evt_2'].map((id) => inFlight.start(id));
    const all = inFlight.allLanded();
    flights.forEach((flight) => flight.land());
    await expect(all).resolves.toBeUndefined();
  });
});
