import { commaList, httpUrl, milliseconds, secret, text, wholeNumber } from '../kinds.js';
import { secretVariable, variable } from '../variable.js';

/** Who may call the api, and how often. */
export const accessVariables = {
  JWT_SECRET: secretVariable(
    // RFC 7518, 3.2: an HS256 key has at least 256 bits.
    secret(32).optional(),
    'The secret of HS256 tokens, 32 characters or more. Set this or JWT_JWKS_URL.',
    'A_RANDOM_TEXT_OF_AT_LEAST_32_CHARACTERS',
  ),
  JWT_JWKS_URL: variable(
    httpUrl().optional(),
    'Where the public keys of RS256 and ES256 tokens are published.',
    'https://login.example.com/.well-known/jwks.json',
  ),
  JWT_ISSUER: variable(text().default('earlybird'), 'The issuer that a token must name (iss).', 'earlybird'),
  JWT_AUDIENCE: variable(
    text().default('earlybird-notifications'),
    'The audience that a token must name (aud).',
    'earlybird-notifications',
  ),
  JWT_ROLES_CLAIM: variable(text().default('roles'), "The claim that holds a token's roles.", 'roles'),
  API_RATE_PER_MINUTE: variable(
    wholeNumber(1, 1_000_000).default(600),
    'How many requests a minute one client may make.',
    '600',
  ),
  API_TRUSTED_PROXIES: variable(
    wholeNumber(0, 16).default(0),
    "How many proxies stand in front of the api, so that X-Forwarded-For tells the client's address.",
    '0',
  ),
  API_CORS_ORIGINS: variable(
    commaList().default([]),
    'The origins, separated by commas, whose browser pages may call the api.',
    'https://admin.example.com',
  ),
  API_IMMEDIATE_WAIT_MS: variable(
    milliseconds(0, 60_000).default(10_000),
    'How many milliseconds an immediate send waits for its outcome before it answers 202.',
    '10000',
  ),
};
