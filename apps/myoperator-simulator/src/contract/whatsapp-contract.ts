import { jsonAnswer } from './provider-answer.js';
import { secret } from './secret.js';
import { type JsonObject, type Reading, type WireContract } from './wire-contract.js';

/** The credentials of the `whatsapp` contract. */
export interface WhatsappCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly accountId: string;
}

/** WhatsApp's own limit for a text. */
const longestText = 4_096;

const e164 = /^\+[1-9]\d{7,14}$/;

/**
 * `POST /whatsapp/send-message`: credentials in the body, the recipient as E.164, free text only.
 * The bearer header of the same documents is optional, but must be right when it is there.
 */
export function whatsappContract(credentials: WhatsappCredentials): WireContract {
  const [apiKey, apiSecret, accountId, bearer] = [
    secret(credentials.apiKey),
    secret(credentials.apiSecret),
    secret(credentials.accountId),
    secret(`Bearer ${credentials.apiKey}`),
  ];
  const unauthorized = { status: 401, code: '401', message: 'api_key, api_secret and account_id do not match' };
  return {
    name: 'whatsapp',
    codePlace: 'error.code',
    rejectCredentials: ({ authorization }, body) => {
      const rights = [
        apiKey.matches(body['api_key']),
        apiSecret.matches(body['api_secret']),
        accountId.matches(body['account_id']),
        authorization === undefined || bearer.matches(authorization),
      ];
      return rights.includes(false) ? unauthorized : undefined;
    },
    read,
    accepted: (messageId) => jsonAnswer(200, { message_id: messageId, status: 'queued' }),
  };
}

function read(body: JsonObject): Reading {
  const { recipient, message, type } = body;
  if (typeof recipient !== 'string' || !e164.test(recipient))
    return invalid('recipient must be a number such as +919876543210');
  if (typeof message !== 'string' || message.trim() === '') return invalid('message must be a text that is not empty');
  if (message.length > longestText) return invalid(`message must have at most ${longestText} characters`);
  if (type !== 'text') return invalid('type must be text');
  return { kind: 'message', message: { contract: 'whatsapp', recipient, text: message } };
}

const invalid = (message: string): Reading => ({ kind: 'invalid', error: { status: 400, code: '100', message } });
