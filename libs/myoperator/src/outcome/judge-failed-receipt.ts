import { type FailureMeaning } from '@earlybird/core';
import { codeRow } from './code-table.js';

/** What a code in a failed receipt says, with its sentence. */
export interface ProviderFailure extends FailureMeaning {
  readonly sentence: string;
  readonly isAccount: boolean;
}

/**
 * What a failed receipt means. The same table as for direct answers, because WhatsApp reports the same codes late; the
 * notification is failed either way and is not sent again by itself (data.md).
 */
export function judgeFailedReceipt(errorCode: string | undefined): ProviderFailure {
  const row = errorCode === undefined ? undefined : codeRow(errorCode);
  if (row === undefined)
    return {
      reason: 'provider_reported_failure',
      sentence: 'The provider gave up without a code that is listed.',
      isAccount: false,
    };
  const { verdict, sentence } = row;
  const consequence = 'consequence' in verdict ? verdict.consequence : undefined;
  return {
    reason: verdict.reason,
    sentence,
    isAccount: verdict.kind === 'halted' && verdict.scope === 'account',
    ...(consequence !== undefined && { consequence }),
    ...(verdict.kind === 'throttled' && { retryAfterMs: verdict.waitMs }),
  };
}
