import { codeRow, codeTable } from './code-table.js';
import { type Verdict } from './verdict.js';

/** The table of provider.md, row by row, as it is written there. */
const design: readonly (readonly [codes: string, kind: Verdict['kind'], expected?: Partial<Verdict> | object])[] = [
  ['1 2 131000 131016 131057 133004 135000', 'deferred'],
  ['4 80007 130429 131048 131064 133016', 'throttled', { scope: 'sender' }],
  ['131056', 'throttled', { scope: 'recipient' }],
  ['131049', 'throttled', { scope: 'recipient', minWaitMs: 86_400_000 }],
  [
    '0 3 10 190 200 201 250 299 368 130497 131005 131031 131037 131042 131045 131063 133010 ' +
      'CHAT_4001 CHAT_0302 CHAT_0303 CHAT_0304 INSUFFICIENT_BALANCE',
    'halted',
    { scope: 'account' },
  ],
  [
    '33 100 131008 131009 131021 131026 131030 131051 131052 131053 132000 132001 132005 132007 132008 132012 137000 130472',
    'refused',
  ],
  ['131047', 'refused', { reason: 'window_closed' }],
  ['131050', 'refused', { consequence: 'marketing_opt_out' }],
  ['132015', 'throttled', { scope: 'recipient', consequence: 'hold_template' }],
  ['132016', 'refused', { reason: 'template_disabled', consequence: 'report_template' }],
];

const rows = design.flatMap(([codes, kind, expected = {}]) =>
  codes.split(' ').map((code) => [code, { kind, ...expected }] as const),
);

describe('the table of codes', () => {
  it.each(rows)('knows what %s comes to', (code, expected) => {
    expect(codeRow(code)?.verdict).toMatchObject(expected);
  });

  it('has no row that the design does not have', () => {
    const designed = rows.map(([code]) => code);
    expect([...codeTable.keys()].filter((code) => !designed.includes(code))).toEqual([]);
  });

  it('suppresses a recipient for a number that is not on WhatsApp, and for nothing else', () => {
    const suppressing = [...codeTable].filter(
      ([, { verdict }]) => verdict.kind === 'refused' && verdict.consequence === 'suppress_recipient',
    );
    expect(suppressing.map(([code]) => code)).toEqual(['131026']);
  });

  it.each(['5', '199', '300', '999999', 'CHAT_0305', '', '2000'])('does not know %s', (code) => {
    expect(codeRow(code)).toBeUndefined();
  });

  it('does not care for the case of a code in words', () => {
    expect(codeRow('insufficient_balance')).toBe(codeRow('INSUFFICIENT_BALANCE'));
  });

  it.each([...codeTable])('has a sentence and a stable reason for %s', (_, { sentence, verdict }) => {
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(verdict.reason).toMatch(/^[a-z][a-z_]+$/);
  });
});
