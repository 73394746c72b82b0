import { type DoubtReason, type RoadReason } from '../client/exchange.js';
import { type OutcomeRow, road, unknown } from './verdict.js';

const closed = (reason: RoadReason, sentence: string): OutcomeRow => ({ verdict: road(reason), sentence });
const doubt = (reason: DoubtReason, sentence: string): OutcomeRow => ({ verdict: unknown(reason), sentence });

/** What no answer at all comes to. Source: provider.md. */
export const transportTable: Readonly<Record<RoadReason | DoubtReason, OutcomeRow>> = {
  connection_refused: closed('connection_refused', 'Nobody listens at the address of the provider.'),
  dns_failure: closed('dns_failure', 'The name of the provider cannot be resolved.'),
  tls_failure: closed('tls_failure', 'The provider cannot prove who it is, or no encryption could be agreed on.'),
  connect_timeout: closed('connect_timeout', 'No connection came about in time.'),
  connection_reset: closed('connection_reset', 'The connection broke before the request was written.'),
  no_route: closed('no_route', 'No way leads to the address of the provider.'),
  request_invalid: closed(
    'request_invalid',
    'The request cannot be made from these settings; an address or a credential is malformed.',
  ),
  connection_failed: closed('connection_failed', 'No connection came about, for a reason that is not listed.'),
  answer_timeout: doubt('answer_timeout', 'The request was written, and no answer came in time.'),
  connection_lost: doubt('connection_lost', 'The request was written, and the connection broke before the answer.'),
  answer_unreadable: doubt('answer_unreadable', 'The request was written, and what came back is no HTTP.'),
};
