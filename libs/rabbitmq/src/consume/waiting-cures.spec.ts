import { AppError, type ErrorCode } from '@earlybird/core';
import { waitingCures } from './waiting-cures.js';

describe('waiting', () => {
  it.each<[ErrorCode, boolean]>([
    ['database_unavailable', true],
    ['broker_unavailable', true],
    ['publish_unconfirmed', true],
    ['publish_returned', true],
    ['topology_missing', true],
    ['topology_differs', true],
    ['template_missing', false],
    ['rules_invalid', false],
    ['stored_document_invalid', false],
    ['invariant_broken', false],
  ])('cures %s: %s', (code, cures) => {
    expect(waitingCures(new AppError(code, ''))).toBe(cures);
  });

  it('cures no bug', () => {
    expect([new TypeError('x'), 'x', undefined].map(waitingCures)).toEqual([false, false, false]);
  });
});
