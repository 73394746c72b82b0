import type { GetMessage } from 'amqplib';
import { holdsNothing, lookAtQueue } from './look-at-queue.js';

/** A channel that gives these answers one after the other, and the last for ever. */
function answering(...answers: readonly (readonly [ready: number, consumers: number])[]) {
  let asked = 0;
  return {
    get asked() {
      return asked;
    },
    async checkQueue(queue: string) {
      const [messageCount, consumerCount] = answers[Math.min(asked, answers.length - 1)] ?? [0, 0];
      asked += 1;
      return { queue, messageCount, consumerCount };
    },
  };
}

describe('a look at a queue', () => {
  it.each([
    { told: 'envelopes', answer: [3, 0] as const },
    { told: 'consumers', answer: [0, 2] as const },
  ])('believes at once what tells of $told', async ({ answer }) => {
    const channel = answering(answer);
    expect(await lookAtQueue(channel, 'q')).toEqual({ ready: answer[0], consumers: answer[1] });
    expect(channel.asked).toBe(1);
  });

  it('asks again when it is told of neither: the leader of the queue may not have answered in time', async () => {
    expect(await lookAtQueue(answering([0, 0], [0, 0], [5, 1]), 'q')).toEqual({ ready: 5, consumers: 1 });
  });

  it('believes it the third time', async () => {
    const channel = answering([0, 0]);
    expect(await lookAtQueue(channel, 'q')).toEqual({ ready: 0, consumers: 0 });
    expect(channel.asked).toBe(3);
  });
});

describe('that a queue holds nothing', () => {
  const found = { fields: {}, properties: {}, content: Buffer.from('x') } as unknown as GetMessage;
  const channel = (answer: GetMessage | false) => {
    const back: unknown[] = [];
    return { back, get: async () => answer, nack: (...settled: unknown[]) => void back.push(settled) };
  };

  it('is true when a get finds nothing', async () => {
    expect(await holdsNothing(channel(false), 'q')).toBe(true);
  });

  it('is not when it finds one, and that one goes back', async () => {
    const asked = channel(found);
    expect(await holdsNothing(asked, 'q')).toBe(false);
    expect(asked.back).toEqual([[found, false, true]]);
  });
});
