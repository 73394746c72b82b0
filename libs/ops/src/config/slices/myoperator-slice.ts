import { type ConfigRule, requireAll, requireAny, requireEqual } from '../config-rule.js';
import { type Environment } from '../config-rule.js';
import { type Values } from '../config-schema.js';
import { given } from '../given.js';
import { type myOperatorVariables } from '../variables/myoperator-variables.js';

/** Credentials of the chosen wire contract (provider.md). `sender` names the number whose rate is shared. */
export type MyOperatorContract =
  | {
      readonly api: 'whatsapp';
      readonly apiKey: string;
      readonly apiSecret: string;
      readonly accountId: string;
      /** E.164. */
      readonly sender: string;
    }
  | {
      readonly api: 'chat';
      readonly token: string;
      readonly companyId: string;
      /** The id of the phone number, not the number. */
      readonly sender: string;
    };

/** All that the worker knows about MyOperator. */
export interface MyOperatorConfig {
  readonly contract: MyOperatorContract;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Over all workers. */
  readonly ratePerSecond: number;
  readonly recipientRate: { readonly burst: number; readonly refillMs: number };
  readonly probe: { readonly enabled: boolean; readonly minMs: number; readonly maxMs: number };
}

const productionUrls = { whatsapp: 'https://api.myoperator.co', chat: 'https://publicapi.myoperator.co' } as const;

/** The variables of the chosen contract are required; the number's two names must agree. */
export const myOperatorRules: readonly ConfigRule[] = [
  requireAll(
    ['MYOPERATOR_API_KEY', 'MYOPERATOR_API_SECRET', 'MYOPERATOR_ACCOUNT_ID'],
    speaks('whatsapp'),
    'MYOPERATOR_API is whatsapp',
  ),
  (env) =>
    speaks('whatsapp')(env)
      ? requireAny(['MYOPERATOR_WHATSAPP_NUMBER', 'MYOPERATOR_PHONE_NUMBER'], 'to say who sends')(env)
      : [],
  requireAll(
    ['MYOPERATOR_TOKEN', 'MYOPERATOR_COMPANY_ID', 'MYOPERATOR_PHONE_NUMBER_ID'],
    speaks('chat'),
    'MYOPERATOR_API is chat',
  ),
  requireEqual(
    'MYOPERATOR_WHATSAPP_NUMBER',
    'MYOPERATOR_PHONE_NUMBER',
    (a, b) => a.replace('+', '') === b.replace('+', ''),
  ),
];

/** MyOperator's slice out of its variables. */
export function myOperatorSlice(values: Values<typeof myOperatorVariables>): MyOperatorConfig {
  return {
    contract: contractOf(values),
    baseUrl: values.MYOPERATOR_BASE_URL ?? productionUrls[values.MYOPERATOR_API],
    timeoutMs: values.MYOPERATOR_TIMEOUT_MS,
    connectTimeoutMs: values.MYOPERATOR_CONNECT_TIMEOUT_MS,
    ratePerSecond: values.MYOPERATOR_RATE_PER_SECOND,
    recipientRate: { burst: values.MYOPERATOR_RECIPIENT_BURST, refillMs: values.MYOPERATOR_RECIPIENT_REFILL_MS },
    probe: {
      enabled: values.MYOPERATOR_PROBE,
      minMs: values.MYOPERATOR_PROBE_MIN_MS,
      maxMs: values.MYOPERATOR_PROBE_MAX_MS,
    },
  };
}

function contractOf(values: Values<typeof myOperatorVariables>): MyOperatorContract {
  switch (values.MYOPERATOR_API) {
    case 'whatsapp':
      return {
        api: 'whatsapp',
        apiKey: given(values.MYOPERATOR_API_KEY, 'MYOPERATOR_API_KEY'),
        apiSecret: given(values.MYOPERATOR_API_SECRET, 'MYOPERATOR_API_SECRET'),
        accountId: given(values.MYOPERATOR_ACCOUNT_ID, 'MYOPERATOR_ACCOUNT_ID'),
        sender: given(
          values.MYOPERATOR_WHATSAPP_NUMBER ?? values.MYOPERATOR_PHONE_NUMBER,
          'MYOPERATOR_WHATSAPP_NUMBER',
        ),
      };
    case 'chat':
      return {
        api: 'chat',
        token: given(values.MYOPERATOR_TOKEN, 'MYOPERATOR_TOKEN'),
        companyId: given(values.MYOPERATOR_COMPANY_ID, 'MYOPERATOR_COMPANY_ID'),
        sender: given(values.MYOPERATOR_PHONE_NUMBER_ID, 'MYOPERATOR_PHONE_NUMBER_ID'),
      };
  }
}

function speaks(api: 'whatsapp' | 'chat') {
  return (env: Environment) => (env['MYOPERATOR_API'] ?? 'whatsapp') === api;
}
