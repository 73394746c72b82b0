import { redactor } from './redact.js';

const redact = redactor(['s3cr"t/key', 'account-7'])(['+919876543210', 'Dear Priya,\nyour order', 'Priya', 'no']);

describe('a piece of an answer', () => {
  it.each([
    ['key s3cr"t/key is wrong', 'key [hidden] is wrong'],
    [JSON.stringify({ api_secret: 's3cr"t/key' }), '{"api_secret":"[hidden]"}'],
    ['?key=s3cr%22t%2Fkey', '?key=[hidden]'],
    ['{"account_id":"account-7"}', '{"account_id":"[hidden]"}'],
    ['to +919876543210', 'to [hidden]'],
    ['to 919876543210 or 98765 43210 or 9876-543-210', 'to [number] or [number] or [number]'],
    [JSON.stringify({ message: 'Dear Priya,\nyour order' }), '{"message":"[hidden]"}'],
    ['Dear Priya!', 'Dear [hidden]!'],
    ['code 131026, no more', 'code 131026, no more'],
    ['<h1>\n  Bad\tgateway </h1>', '<h1> Bad gateway </h1>'],
  ])('%j is kept as %j', (said, kept) => {
    expect(redact(said)).toBe(kept);
  });

  it('is cut at 500 characters', () => {
    expect(redact('x'.repeat(100_000))).toHaveLength(500);
  });

  it('shows no half of a secret where it is cut', () => {
    expect(redact(`${'x'.repeat(495)}s3cr"t/key`)).toBe(`${'x'.repeat(495)}[hidd`);
  });
});
