import { requireTogether } from './config-rule.js';
import { configSchema, type Values } from './config-schema.js';
import { given } from './given.js';
import { type ListenConfig, type ProcessConfig, processSlices } from './slices/process-slices.js';
import { processVariables } from './variables/process-variables.js';
import { simulatorVariables } from './variables/simulator-variables.js';

/** The simulator's configuration: frozen, each part gets its slice. */
export interface SimulatorConfig extends ProcessConfig {
  /** The provider's calls; the page too. Closed during an outage. */
  readonly provider: ListenConfig;
  /** The page and the admin calls; never closed. */
  readonly admin: ListenConfig;
  readonly whatsapp: { readonly apiKey: string; readonly apiSecret: string; readonly accountId: string };
  readonly chat: { readonly token: string; readonly companyId: string; readonly phoneNumberId: string };
  /** Empty: every template is approved. */
  readonly templates: readonly string[];
  /** Absent: nothing is reported. */
  readonly webhook?: {
    readonly url: string;
    readonly apiKey?: string;
    readonly basic?: { readonly user: string; readonly password: string };
    readonly hmacSecret?: string;
  };
  readonly receipts: {
    /** After acceptance, for sent, delivered and read. */
    readonly delaysMs: readonly number[];
    readonly shape: 'contract' | 'user' | 'v2';
    readonly echoReference: boolean;
  };
  readonly messagesKept: number;
  /** A path. */
  readonly journal?: string;
}

/** What the simulator takes from its environment. */
export const simulatorConfigSchema = configSchema({
  app: 'myoperator-simulator',
  variables: { ...processVariables, ...simulatorVariables },
  rules: [requireTogether(['SIMULATOR_WEBHOOK_BASIC_USER', 'SIMULATOR_WEBHOOK_BASIC_PASSWORD'])],
  slices: (values): SimulatorConfig => ({
    ...processSlices(values),
    provider: { host: values.HOST, port: values.SIMULATOR_PORT },
    admin: { host: values.HOST, port: values.SIMULATOR_ADMIN_PORT },
    whatsapp: {
      apiKey: values.SIMULATOR_API_KEY,
      apiSecret: values.SIMULATOR_API_SECRET,
      accountId: values.SIMULATOR_ACCOUNT_ID,
    },
    chat: {
      token: values.SIMULATOR_TOKEN,
      companyId: values.SIMULATOR_COMPANY_ID,
      phoneNumberId: values.SIMULATOR_PHONE_NUMBER_ID,
    },
    templates: values.SIMULATOR_TEMPLATES,
    ...webhookSlice(values),
    receipts: {
      delaysMs: delaysIn(values.SIMULATOR_RECEIPT_DELAYS_MS),
      shape: values.SIMULATOR_RECEIPT_SHAPE,
      echoReference: values.SIMULATOR_ECHO_REFERENCE,
    },
    messagesKept: values.SIMULATOR_MESSAGES_KEPT,
    ...(values.SIMULATOR_JOURNAL !== undefined && { journal: values.SIMULATOR_JOURNAL }),
  }),
});

const delaysIn = (list: string): readonly number[] => (list === 'none' ? [] : list.split(',').map(Number));

function webhookSlice(values: Values<typeof simulatorVariables>): Pick<SimulatorConfig, 'webhook'> {
  if (values.SIMULATOR_WEBHOOK_URL === undefined) return {};
  return {
    webhook: {
      url: values.SIMULATOR_WEBHOOK_URL,
      ...(values.SIMULATOR_WEBHOOK_API_KEY !== undefined && { apiKey: values.SIMULATOR_WEBHOOK_API_KEY }),
      ...(values.SIMULATOR_WEBHOOK_BASIC_USER !== undefined && {
        basic: {
          user: values.SIMULATOR_WEBHOOK_BASIC_USER,
          password: given(values.SIMULATOR_WEBHOOK_BASIC_PASSWORD, 'SIMULATOR_WEBHOOK_BASIC_PASSWORD'),
        },
      }),
      ...(values.SIMULATOR_WEBHOOK_HMAC_SECRET !== undefined && { hmacSecret: values.SIMULATOR_WEBHOOK_HMAC_SECRET }),
    },
  };
}
