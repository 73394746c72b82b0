import { account, deferred, type OutcomeRow, refused, road, slowNumber, unknown } from './verdict.js';

/** What an answer without a listed code comes to: its status and its body, told apart. */
export type StatusSignal =
  | '2xx_without_id'
  | '2xx_with_error'
  | '3xx_moved'
  | '3xx_other'
  | '400_404_422'
  | '401_403'
  | '402'
  | '408'
  | '429'
  | '4xx_other'
  | '5xx_with_error'
  | '5xx_without_error';

/** How long the number slows down after a 429 that does not say. */
const tooManyWaitMs = 5_000;

/** What each status comes to where no listed code decides. Source: provider.md. */
export const statusTable: Readonly<Record<StatusSignal, OutcomeRow>> = {
  '2xx_without_id': {
    verdict: unknown('accepted_without_id'),
    sentence: 'It sounds like yes, but without an id no receipt will find the message: perhaps sent.',
  },
  '2xx_with_error': {
    verdict: deferred('unlisted_code'),
    sentence: 'The status says yes, but the body says error, with a code that is not listed.',
  },
  '3xx_moved': {
    verdict: road('redirected'),
    sentence: 'The address is wrong (MYOPERATOR_BASE_URL): nobody there has looked at the message.',
  },
  '3xx_other': {
    verdict: unknown('redirected'),
    sentence: 'Servers redirect like this after they have done what was asked, too: perhaps sent.',
  },
  '400_404_422': {
    verdict: refused('bad_request'),
    sentence: 'The provider rejects this very request; the same one will be rejected again.',
  },
  '401_403': {
    verdict: account('account_unauthorized'),
    sentence: 'The credentials are wrong or have lost their rights: no message can be sent.',
  },
  '402': {
    verdict: account('account_unpaid'),
    sentence: 'The account has to be paid before anything is sent.',
  },
  '408': {
    verdict: deferred('provider_timeout'),
    sentence: 'The provider did not get the whole request in time.',
  },
  '429': {
    verdict: slowNumber('rate_limit', tooManyWaitMs),
    sentence: 'Too many requests; it may say when to come again.',
  },
  '4xx_other': {
    verdict: deferred('unlisted_status'),
    sentence: 'A refusal that is not listed: tried again a few times, and kept for a person to look at.',
  },
  '5xx_with_error': {
    verdict: deferred('provider_error'),
    sentence: 'The provider itself says that it failed.',
  },
  '5xx_without_error': {
    verdict: unknown('provider_failed'),
    sentence: 'Something between us and the provider failed, before or after the message was taken: perhaps sent.',
  },
};
