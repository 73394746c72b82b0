import { after, testStart } from '../builders/instant.js';
import { FakeClock } from './fake-clock.js';

describe('the fake clock', () => {
  it('stands still until it is moved', async () => {
    const clock = new FakeClock();
    expect(clock.now()).toEqual(testStart);
    await clock.advance(1_500);
    expect(clock.now()).toEqual(after(1_500));
  });

  it('wakes sleepers in their order, each at its own moment', async () => {
    const clock = new FakeClock();
    const woken: Date[] = [];
    for (const ms of [300, 100, 200]) void clock.sleep(ms).then(() => woken.push(clock.now()));
    await clock.advance(250);
    expect(woken).toEqual([after(100), after(200)]);
    expect(clock.sleeping).toBe(1);
    await clock.advance(50);
    expect(woken).toEqual([after(100), after(200), after(300)]);
  });

  it('wakes one who falls asleep again on the way', async () => {
    const clock = new FakeClock();
    const woken: Date[] = [];
    const nap = async () => {
      for (let times = 0; times < 3; times += 1) {
        await clock.sleep(100);
        woken.push(clock.now());
      }
    };
    const napping = nap();
    await clock.advance(300);
    await napping;
    expect(woken).toEqual([after(100), after(200), after(300)]);
  });
});
