import { z } from 'zod';
import { commaList, flag, httpUrl, oneOf, port, secret, text, wholeNumber } from '../kinds.js';
import { secretVariable, variable } from '../variable.js';

/** The rungs of the receipt ladder: sent, delivered, read. */
const longestLadder = 3;

const delaysMs = z
  .string()
  .regex(
    /^(none|\d{1,8}(\s*,\s*\d{1,8}){0,2})$/,
    `must be at most ${longestLadder} whole numbers with commas between them, or none`,
  );

/**
 * The simulator's settings. Its credentials have defaults, because they guard nothing: they exist so that wrong ones can be tried.
 * Source: provider.md.
 */
export const simulatorVariables = {
  SIMULATOR_PORT: variable(
    port().default(3200),
    'The port of the simulated provider, with the page of messages.',
    '3200',
  ),
  SIMULATOR_ADMIN_PORT: variable(
    port().default(3201),
    'The port where the page and the admin calls answer even while the provider refuses connections.',
    '3201',
  ),
  SIMULATOR_API_KEY: variable(
    text().default('simulator-api-key'),
    'Contract whatsapp: the API key that is right.',
    'simulator-api-key',
  ),
  SIMULATOR_API_SECRET: variable(
    text().default('simulator-api-secret'),
    'Contract whatsapp: the API secret that is right.',
    'simulator-api-secret',
  ),
  SIMULATOR_ACCOUNT_ID: variable(
    text().default('simulator-account'),
    'Contract whatsapp: the account that exists.',
    'simulator-account',
  ),
  SIMULATOR_TOKEN: variable(
    text().default('simulator-token'),
    'Contract chat: the bearer token that is right.',
    'simulator-token',
  ),
  SIMULATOR_COMPANY_ID: variable(
    text().default('simulator-company'),
    'Contract chat: the company that exists.',
    'simulator-company',
  ),
  SIMULATOR_PHONE_NUMBER_ID: variable(
    text().default('simulator-phone-number'),
    "Contract chat: the id of the company's phone number.",
    'simulator-phone-number',
  ),
  SIMULATOR_TEMPLATES: variable(
    commaList().default([]),
    'Contract chat: the approved templates, with commas; without any, every name counts as approved.',
    'order_confirmation_v1',
  ),
  SIMULATOR_WEBHOOK_URL: variable(
    httpUrl().optional(),
    'Where receipts are posted; without it none are.',
    'http://127.0.0.1:3000/api/notifications/webhooks/myoperator',
  ),
  SIMULATOR_WEBHOOK_API_KEY: secretVariable(
    secret().optional(),
    "Sent with receipts as X-Api-Key; the api's WEBHOOK_API_KEY.",
    'A_RANDOM_TEXT_OF_16_OR_MORE',
  ),
  SIMULATOR_WEBHOOK_BASIC_USER: variable(
    text().optional(),
    "Sent with receipts by HTTP Basic; the api's WEBHOOK_BASIC_USER.",
    'myoperator',
  ),
  SIMULATOR_WEBHOOK_BASIC_PASSWORD: secretVariable(
    secret().optional(),
    "Sent with receipts by HTTP Basic; the api's WEBHOOK_BASIC_PASSWORD.",
    'A_RANDOM_TEXT_OF_16_OR_MORE',
  ),
  SIMULATOR_WEBHOOK_HMAC_SECRET: secretVariable(
    secret().optional(),
    "Signs receipts in X-MyOperator-Signature; the api's WEBHOOK_HMAC_SECRET.",
    'A_RANDOM_TEXT_OF_16_OR_MORE',
  ),
  SIMULATOR_RECEIPT_DELAYS_MS: variable(
    delaysMs.default('200,600,1500'),
    'When sent, delivered and read are reported, in milliseconds after acceptance; fewer numbers report less, none nothing.',
    '200,600,1500',
  ),
  SIMULATOR_RECEIPT_SHAPE: variable(
    oneOf(['contract', 'user', 'v2']).default('contract'),
    "How receipts look: the user's three fields, version 2, or each contract's own (user for whatsapp, v2 for chat).",
    'contract',
  ),
  SIMULATOR_ECHO_REFERENCE: variable(
    flag().default(false),
    'Whether receipts of version 2 repeat our reference (myop_ref_id); not proven of the real MyOperator.',
    'false',
  ),
  // 20,000 messages of about 1 KB are 20 to 40 MB.
  SIMULATOR_MESSAGES_KEPT: variable(
    wholeNumber(1, 1_000_000).default(20_000),
    'How many messages are kept for the page and GET /messages; the oldest are forgotten.',
    '20000',
  ),
  SIMULATOR_JOURNAL: variable(
    text().optional(),
    'A file to which every request is appended at its arrival, delivery and end, as JSON lines; none without it.',
    'simulator-journal.jsonl',
  ),
};
