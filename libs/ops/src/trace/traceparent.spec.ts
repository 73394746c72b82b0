import { parseTraceparent } from './traceparent.js';

const trace = '0af7651916cd43dd8448eb211c80319c';

describe('a traceparent', () => {
  it.each([
    [`00-${trace}-b7ad6b7169203331-01`, true],
    [`00-${trace}-b7ad6b7169203331-00`, false],
    [`01-${trace}-b7ad6b7169203331-03-of-the-future`, true],
  ])('%s is read', (text, sampled) => {
    expect(parseTraceparent(text)).toEqual({ traceId: trace, spanId: 'b7ad6b7169203331', sampled });
  });

  it.each([
    undefined,
    '',
    'x',
    `ff-${trace}-b7ad6b7169203331-01`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    '00-1-2-01',
  ])('%s is nobody’s', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});
