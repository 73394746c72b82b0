import { type Outcome } from '@earlybird/core';
import { type Exchange } from '../client/exchange.js';
import { type AnswerBody, readAnswerBody } from './answer-body.js';
import { codeRow } from './code-table.js';
import { type Redact } from './redact.js';
import { retryAfterMs } from './retry-after.js';
import { type StatusSignal, statusTable } from './status-table.js';
import { transportTable } from './transport-table.js';
import { type Verdict } from './verdict.js';

type Answer = Extract<Exchange, { kind: 'answered' }>;

/**
 * What an attempt came to. Accepted is a 2xx with a message id; otherwise a listed code decides before the status does.
 *
 * @param redact cleans the piece of the answer that is kept
 * @param now for a `Retry-After` that is a date; milliseconds of the epoch
 */
export function judgeExchange(exchange: Exchange, redact: Redact, now: number): Outcome {
  if (exchange.kind !== 'answered') {
    const { verdict } = transportTable[exchange.reason];
    return particulars(verdict, {}, undefined);
  }
  const body = readAnswerBody(exchange.text);
  const succeeded = exchange.status >= 200 && exchange.status < 300;
  if (succeeded && body.messageId !== undefined && !body.saysError) {
    return { kind: 'accepted', providerMessageId: body.messageId, httpStatus: exchange.status };
  }
  const codes = codesOf(exchange, body);
  const known = codes.find((code) => codeRow(code) !== undefined);
  const row = known === undefined ? undefined : codeRow(known);
  const { verdict } = row ?? statusTable[signalOf(exchange.status, body, codes)];
  const errorCode = known ?? codes[0];
  const detail = redact(exchange.text);
  return particulars(
    verdict,
    {
      httpStatus: exchange.status,
      ...(errorCode !== undefined && { errorCode }),
      ...(detail !== '' && { detail }),
    },
    retryAfterMs(exchange.headers['retry-after'], now),
  );
}

/** A code that only repeats the status says nothing, and the "200" of an accepted message is no permission that is missing. */
function codesOf({ status }: Answer, { codes, saysError }: AnswerBody): readonly string[] {
  if (status < 300 && !saysError) return [];
  return codes.filter((code) => code !== String(status));
}

function signalOf(status: number, body: AnswerBody, codes: readonly string[]): StatusSignal {
  if (status < 300) return body.saysError && codes.length > 0 ? '2xx_with_error' : '2xx_without_id';
  if (status < 400) return [301, 307, 308].includes(status) ? '3xx_moved' : '3xx_other';
  if (status >= 500) return body.saysError || codes.length > 0 ? '5xx_with_error' : '5xx_without_error';
  switch (status) {
    case 400:
    case 404:
    case 422:
      return '400_404_422';
    case 401:
    case 403:
      return '401_403';
    case 402:
    case 408:
    case 429:
      return `${status}`;
    default:
      return '4xx_other';
  }
}

function particulars(
  verdict: Verdict,
  detail: { readonly httpStatus?: number; readonly errorCode?: string; readonly detail?: string },
  askedMs: number | undefined,
): Outcome {
  if (verdict.kind !== 'throttled') return { ...verdict, ...detail };
  const { waitMs, minWaitMs = 0, ...rest } = verdict;
  return { ...rest, ...detail, retryAfterMs: Math.max(askedMs ?? waitMs, minWaitMs) };
}
