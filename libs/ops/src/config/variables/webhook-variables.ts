import { flag, secret, text } from '../kinds.js';
import { secretVariable, variable } from '../variable.js';

/** How MyOperator proves itself when it reports a receipt. Any of the configured ways is enough. */
export const webhookVariables = {
  WEBHOOK_API_KEY: secretVariable(
    secret(16).optional(),
    'The key that MyOperator sends in a header.',
    'A_RANDOM_TEXT_OF_16_OR_MORE',
  ),
  WEBHOOK_BASIC_USER: variable(text().optional(), 'The user of HTTP Basic authentication.', 'myoperator'),
  WEBHOOK_BASIC_PASSWORD: secretVariable(
    secret(16).optional(),
    'The password of HTTP Basic authentication.',
    'A_RANDOM_TEXT_OF_16_OR_MORE',
  ),
  WEBHOOK_HMAC_SECRET: secretVariable(
    secret(16).optional(),
    'The secret of the HMAC-SHA256 over the body, sent in X-MyOperator-Signature.',
    'A_RANDOM_TEXT_OF_16_OR_MORE',
  ),
  WEBHOOK_ALLOW_UNAUTHENTICATED: variable(
    flag().default(false),
    'Takes receipts from anyone. For a laptop only: whoever reaches the port can mark messages as read.',
    'false',
  ),
};
