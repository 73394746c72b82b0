import { judgeFailedReceipt } from './judge-failed-receipt.js';

describe('a failed receipt', () => {
  it.each([
    ['131026', { reason: 'unreachable_number', consequence: 'suppress_recipient', isAccount: false }],
    ['131050', { reason: 'opted_out', consequence: 'marketing_opt_out', isAccount: false }],
    ['132015', { reason: 'template_paused', consequence: 'hold_template', isAccount: false }],
    ['131042', { reason: 'account_unpaid', isAccount: true }],
    ['131049', { reason: 'marketing_limit', isAccount: false }],
    ['999', { reason: 'provider_reported_failure', isAccount: false }],
    [undefined, { reason: 'provider_reported_failure', isAccount: false }],
  ])('with the code %s means what the same direct answer means', (code, expected) => {
    expect(judgeFailedReceipt(code)).toMatchObject(expected);
  });
});
