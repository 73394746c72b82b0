import { type ServerResponse } from 'node:http';
import { type ProviderAnswer } from '../contract/provider-answer.js';
import { type RecordedRequest } from './recorded-request.js';
import { writeAnswer } from './write-answer.js';

/** Writes the end of the request into the journal, then the answer to the network; no answer to a caller who has gone. */
export function answerRequest(
  recorded: RecordedRequest,
  response: ServerResponse,
  answer: ProviderAnswer,
  fault?: string,
): void {
  const met = fault === undefined ? {} : { fault };
  if (response.destroyed) return recorded.end({ ending: 'given-up', ...met });
  recorded.end({ ending: 'answered', status: answer.status, ...met });
  writeAnswer(response, answer);
}
