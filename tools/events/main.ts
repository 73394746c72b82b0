import { parseArgs } from 'node:util';
import { PlainError } from '../plain-error.js';
import { listEvents } from './list-events.js';
import { publishSample } from './publish-sample.js';
import { writeDocuments } from './write-documents.js';

const usage = `npm run events -- list
npm run events -- docs
npm run events -- publish TYPE [--url AMQP_URL] [--phone +91…] [--name NAME] [--language hi]
                               [--customer-id ID] [--no-consent] [--id EVENT_ID]

publish sends a sample of the event type and waits for the broker's confirm; without --url it goes to RABBITMQ_URL.
Use the account that may publish the type (see list): the notification service parks what another one publishes.`;

try {
  await run();
} catch (failure) {
  if (!(failure instanceof PlainError) && !isArgumentError(failure)) throw failure;
  console.error(failure.message);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      phone: { type: 'string' },
      name: { type: 'string' },
      language: { type: 'string' },
      'customer-id': { type: 'string' },
      'no-consent': { type: 'boolean' },
      id: { type: 'string' },
    },
  });
  const [command, type] = positionals;
  if (command === 'list') return listEvents();
  if (command === 'docs') return writeDocuments();
  if (command !== 'publish' || type === undefined) throw new PlainError(usage);
  const event = await publishSample({
    type,
    url: values.url ?? process.env['RABBITMQ_URL'] ?? 'amqp://guest:guest@localhost:5672',
    id: values.id,
    customer: {
      ...(values.phone === undefined ? {} : { phone: values.phone }),
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values.language === undefined ? {} : { language: values.language }),
      ...(values['customer-id'] === undefined ? {} : { id: values['customer-id'] }),
      ...(values['no-consent'] ? { marketing_consent: false } : {}),
    },
  });
  console.log(
    `${event.type} published and confirmed\n  id             ${event.id}\n  correlation id ${event.correlationid}`,
  );
}

function isArgumentError(failure: unknown): failure is Error {
  return failure instanceof TypeError && 'code' in failure && String(failure.code).startsWith('ERR_PARSE_ARGS');
}
