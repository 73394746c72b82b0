import { flag, httpUrl, milliseconds, oneOf, secret, text, whatsAppNumber, wholeNumber } from '../kinds.js';
import { secretVariable, variable } from '../variable.js';

const number = 'The WhatsApp number that customers see as the sender.';

/** MyOperator: contract, credentials, rate and time limits. Source: provider.md. */
export const myOperatorVariables = {
  MYOPERATOR_API: variable(
    oneOf(['whatsapp', 'chat']).default('whatsapp'),
    "Which of MyOperator's two wire contracts is spoken; its variables become required.",
    'whatsapp',
  ),
  MYOPERATOR_BASE_URL: variable(
    httpUrl().optional(),
    "The address of MyOperator, where it is not the contract's own; the simulator's, on a laptop.",
    'http://127.0.0.1:3200',
  ),
  MYOPERATOR_API_KEY: secretVariable(secret().optional(), 'Contract whatsapp: the API key.', 'YOUR_API_KEY'),
  MYOPERATOR_API_SECRET: secretVariable(secret().optional(), 'Contract whatsapp: the API secret.', 'YOUR_API_SECRET'),
  MYOPERATOR_ACCOUNT_ID: secretVariable(
    text().optional(),
    'Contract whatsapp: the id of the account.',
    'YOUR_ACCOUNT_ID',
  ),
  MYOPERATOR_WHATSAPP_NUMBER: variable(
    whatsAppNumber().optional(),
    `Contract whatsapp: ${number.charAt(0).toLowerCase()}${number.slice(1)}`,
    '+911234567890',
  ),
  MYOPERATOR_PHONE_NUMBER: variable(
    whatsAppNumber().optional(),
    'Another name of MYOPERATOR_WHATSAPP_NUMBER; set one of them.',
    '+911234567890',
  ),
  MYOPERATOR_TOKEN: secretVariable(secret().optional(), 'Contract chat: the bearer token.', 'YOUR_TOKEN'),
  MYOPERATOR_COMPANY_ID: secretVariable(text().optional(), 'Contract chat: the id of the company.', 'YOUR_COMPANY_ID'),
  MYOPERATOR_PHONE_NUMBER_ID: secretVariable(
    text().optional(),
    "Contract chat: the id of the sender's phone number.",
    'YOUR_PHONE_NUMBER_ID',
  ),
  MYOPERATOR_TIMEOUT_MS: variable(
    milliseconds(1, 120_000).default(10_000),
    'How many milliseconds one request to MyOperator may take in all.',
    '10000',
  ),
  MYOPERATOR_CONNECT_TIMEOUT_MS: variable(
    milliseconds(1, 60_000).default(3_000),
    'How many of them may pass until the connection stands.',
    '3000',
  ),
  // WhatsApp allows 80/s a number; the margin is for whoever sends from the same number beside us.
  MYOPERATOR_RATE_PER_SECOND: variable(
    wholeNumber(1, 10_000).default(50),
    'How many messages a second leave, over all workers.',
    '50',
  ),
  MYOPERATOR_RECIPIENT_BURST: variable(
    wholeNumber(1, 1_000).default(10),
    'How many messages one customer may get in a row.',
    '10',
  ),
  MYOPERATOR_RECIPIENT_REFILL_MS: variable(
    milliseconds().default(6_000),
    'After how many milliseconds a customer may get one more.',
    '6000',
  ),
  MYOPERATOR_PROBE: variable(
    flag().default(true),
    'Whether a halted account is probed; without it the account is tried with a waiting message.',
    'true',
  ),
  MYOPERATOR_PROBE_MIN_MS: variable(
    milliseconds().default(30_000),
    'Milliseconds from a halt to the first probe; doubled after each that fails.',
    '30000',
  ),
  MYOPERATOR_PROBE_MAX_MS: variable(
    milliseconds().default(600_000),
    'The longest wait between two probes, in milliseconds.',
    '600000',
  ),
};
