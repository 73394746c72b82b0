import { InFlight } from './in-flight.js';

describe('what is in flight', () => {
  it('is found by its id until it has landed', async () => {
    const inFlight = new InFlight();
    const flight = inFlight.start('evt_1');
    expect(inFlight.find('evt_1')).toBe(flight);
    const landed: string[] = [];
    const watching = inFlight.landed('evt_1').then(() => landed.push('evt_1'));
    await inFlight.landed('evt_2');
    expect(landed).toEqual([]);
    flight.land();
    await watching;
    expect(landed).toEqual(['evt_1']);
    expect([inFlight.size, inFlight.find('evt_1')]).toEqual([0, undefined]);
  });

  it('is waited for as a whole', async () => {
    const inFlight = new InFlight();
    const flights = ['evt_1', 'evt_2'].map((id) => inFlight.start(id));
    const all = inFlight.allLanded();
    flights.forEach((flight) => flight.land());
    await expect(all).resolves.toBeUndefined();
  });
});
