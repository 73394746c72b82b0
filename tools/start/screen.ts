import { type ExampleCall, type ScreenFacts } from './screen-facts.js';

/**
 * What `npm start` shows once everything is up: where everything is, a ready-made `curl` for each call, how to stop.
 * `token` is for reading the history; absent when tokens come from an identity provider.
 */
export function screen(facts: ScreenFacts, calls: readonly ExampleCall[], token: string | undefined): string {
  return [
    '',
    'EarlyBird notifications are running.',
    '',
    ...places(facts).map(([name, where]) => `  ${name.padEnd(16)} ${where}`),
    '',
    'Order, subscribe, deliver, bill: each of these sends a message to the first demo customer',
    '',
    ...calls.flatMap((call) => [`  # ${call.about}`, `  ${curl(facts.storefrontUrl, call)}`, '']),
    'Where is this customer’s message?',
    '',
    `  ${historyCurl(facts.apiUrl, token)}`,
    '',
    'Stop with Ctrl-C. Settings: docs/configuration.md, for example',
    '  NOTIFICATION_QUEUE_RETRY_DELAY_MS=2000 npm start',
    '',
  ].join('\n');
}

/** A command line that works in a shell as it is printed. */
export function curl(baseUrl: string, { method, path, body }: ExampleCall): string {
  const verb = method === 'POST' ? '' : `-X ${method} `;
  const data = body === undefined ? '' : ` -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`;
  return `curl -s ${verb}${baseUrl}${path}${data}`;
}

function places(facts: ScreenFacts): readonly (readonly [name: string, where: string])[] {
  const { apiUrl, managementUrl } = facts;
  return [
    [
      'Messages',
      facts.realProvider ?? `${facts.simulatorUrl}/   what customers would see (nobody gets a real message)`,
    ],
    ['REST API', `${apiUrl}/docs   health: ${apiUrl}/api/notifications/health`],
    ['Storefront', `${facts.storefrontUrl}/`],
    ['Worker', `${facts.workerUrl}/health/ready   metrics: ${facts.workerUrl}/metrics`],
    ...(managementUrl === undefined
      ? []
      : ([['RabbitMQ', `${managementUrl}/   user operators, password: OPERATORS_PASSWORD in .env`]] as const)),
    ['Servers', facts.servers],
    ['Logs', facts.logFolder],
  ];
}

function historyCurl(apiUrl: string, token: string | undefined): string {
  const bearer = token ?? 'A_TOKEN_OF_YOUR_IDENTITY_PROVIDER';
  return `curl -s -H 'Authorization: Bearer ${bearer}' '${apiUrl}/api/notifications/history?limit=5'`;
}

/** A shell's single quotes keep everything but a single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
