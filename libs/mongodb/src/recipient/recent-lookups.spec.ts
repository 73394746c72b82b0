import { FakeClock } from '@earlybird/testing';
import { RecentLookups } from './recent-lookups.js';

function lookups() {
  const clock = new FakeClock();
  const asked: string[] = [];
  const recent = new RecentLookups<string>(async (key) => {
    asked.push(key);
    if (key === 'broken') throw new Error('away');
    return key === 'nobody' ? undefined : `answer to ${key}`;
  }, clock);
  return { clock, asked, recent };
}

describe('recent lookups', () => {
  it('ask once for equal questions within 5 s, and anew afterwards', async () => {
    const { clock, asked, recent } = lookups();
    const answers = await Promise.all([recent.get('a'), recent.get('a'), recent.get('b')]);
    expect(answers).toEqual(['answer to a', 'answer to a', 'answer to b']);
    await clock.advance(5_000);
    await recent.get('a');
    expect(asked).toEqual(['a', 'b']);
    await clock.advance(1);
    await recent.get('a');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('remember that nothing is on record', async () => {
    const { asked, recent } = lookups();
    await recent.get('nobody');
    expect(await recent.get('nobody')).toBeUndefined();
    expect(asked).toEqual(['nobody']);
  });

  it('do not remember a failure', async () => {
    const { asked, recent } = lookups();
    await expect(recent.get('broken')).rejects.toThrow('away');
    await expect(recent.get('broken')).rejects.toThrow('away');
    expect(asked).toHaveLength(2);
  });

  it('forget what is said to be outdated', async () => {
    const { asked, recent } = lookups();
    await recent.get('a');
    recent.forget('a');
    await recent.get('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('keep 10,000 answers and let the oldest go', async () => {
    const { asked, recent } = lookups();
    for (let index = 0; index <= 10_000; index += 1) await recent.get(`person ${index}`);
    await recent.get('person 10000');
    expect(asked).toHaveLength(10_001);
    await recent.get('person 0');
    expect(asked).toHaveLength(10_002);
  });

  it('ask anew after 5 s although somebody has set the clock back', async () => {
    const { clock, asked, recent } = lookups();
    await recent.get('a');
    clock.set(-3_600_000);
    await clock.advance(5_001);
    await recent.get('a');
    expect(asked).toEqual(['a', 'a']);
  });
});
