import { type ConfigRule, requireTogether } from '../config-rule.js';
import { type Values } from '../config-schema.js';
import { given } from '../given.js';
import { type webhookVariables } from '../variables/webhook-variables.js';

/** The ways in which a caller of the webhook may prove itself; an absent one is not offered. */
export interface WebhookConfig {
  readonly apiKey?: string;
  readonly basic?: { readonly user: string; readonly password: string };
  readonly hmacSecret?: string;
  /** For a laptop only; never true beside one of the ways above. */
  readonly allowUnauthenticated: boolean;
}

const ways = ['WEBHOOK_API_KEY', 'WEBHOOK_BASIC_PASSWORD', 'WEBHOOK_HMAC_SECRET'] as const;

/** Some proof must be asked for, unless it is waived in so many words. */
export const webhookRules: readonly ConfigRule[] = [
  requireTogether(['WEBHOOK_BASIC_USER', 'WEBHOOK_BASIC_PASSWORD']),
  (env) =>
    env['WEBHOOK_ALLOW_UNAUTHENTICATED'] === 'true' || ways.some((way) => env[way] !== undefined)
      ? []
      : [
          {
            variable: 'WEBHOOK_API_KEY',
            problem: `is missing: to trust receipts, set ${ways.join(' or ')}, or WEBHOOK_ALLOW_UNAUTHENTICATED=true on a laptop`,
          },
        ],
  (env) =>
    env['WEBHOOK_ALLOW_UNAUTHENTICATED'] === 'true' && ways.some((way) => env[way] !== undefined)
      ? [
          {
            variable: 'WEBHOOK_ALLOW_UNAUTHENTICATED',
            problem: `must not be true while ${ways.filter((way) => env[way] !== undefined).join(', ')} asks for credentials`,
          },
        ]
      : [],
];

/** The slice of the webhook variables. */
export function webhookSlice(values: Values<typeof webhookVariables>): WebhookConfig {
  return {
    ...(values.WEBHOOK_API_KEY !== undefined && { apiKey: values.WEBHOOK_API_KEY }),
    ...(values.WEBHOOK_BASIC_USER !== undefined && {
      basic: {
        user: values.WEBHOOK_BASIC_USER,
        password: given(values.WEBHOOK_BASIC_PASSWORD, 'WEBHOOK_BASIC_PASSWORD'),
      },
    }),
    ...(values.WEBHOOK_HMAC_SECRET !== undefined && { hmacSecret: values.WEBHOOK_HMAC_SECRET }),
    allowUnauthenticated: values.WEBHOOK_ALLOW_UNAUTHENTICATED,
  };
}
