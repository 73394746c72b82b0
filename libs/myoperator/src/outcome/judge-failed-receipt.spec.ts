import { judgeFailedReceipt } from './judge-failed-receipt.js';

describe('a failed receipt', () => {
  it.each([
    ['131026', { reason: 'unreachable_number', consequence: 'suppress_recipient', account: false }],
    ['131050', { reason: 'opted_out', consequence: 'marketing_opt_out', account: false }],
    ['132015', { reason: 'template_paused', consequence: 'hold_template', account: false }],
    ['131042', { reason: 'account_unpaid', account: true }],
    ['131049', { reason: 'marketing_limit', account: false }],
    ['999', { reason: 'provider_reported_failure', account: false }],
    [undefined, { reason: 'provider_reported_failure', account: false }],
  ])('with the code %s means what the same direct answer means', (code, expected) => {
    expect(judgeFailedReceipt(code)).toMatchObject(expected);
  });
});
