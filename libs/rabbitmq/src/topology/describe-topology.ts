import { accountsOf } from './accounts.js';
import type { Topology } from './topology-entry.js';

/** The table as Markdown: what `npm run topology -- print` shows. */
export function describeTopology(topology: Topology): string {
  return [
    section(
      'Exchanges',
      ['name', 'type', 'owner', 'what it is for'],
      topology.exchanges.map(({ name, type, owner, alternateExchange, sentence }) => [
        name,
        alternateExchange === undefined ? type : `${type}, alternate ${alternateExchange}`,
        owner,
        sentence,
      ]),
    ),
    section(
      'Queues',
      ['name', 'kind', 'arguments', 'what it is for'],
      topology.queues.map(({ name, kind, arguments: queueArguments, sentence }) => [
        name,
        kind,
        Object.entries(queueArguments)
          .map(([key, value]) => `${key}=${value === '' ? "''" : value}`)
          .join(' '),
        sentence,
      ]),
    ),
    section(
      'Bindings',
      ['exchange', 'routing key', 'queue', 'what it is for'],
      topology.bindings.map(({ exchange, routingKey, queue, sentence }) => [exchange, routingKey, queue, sentence]),
    ),
    section(
      'Policies',
      ['name', 'queues', 'definition', 'from RabbitMQ 4 on', 'what it is for'],
      topology.policies.map(({ name, pattern, definition, definitionFrom4, sentence }) => [
        name,
        pattern,
        JSON.stringify(definition),
        JSON.stringify(definitionFrom4),
        sentence,
      ]),
    ),
    section(
      'Accounts',
      ['name', 'configure', 'write', 'read', 'topics (write, read)', 'who'],
      accountsOf(topology).map(({ name, configure, write, read, topics, sentence }) => [
        name,
        configure,
        write,
        read,
        topics === undefined ? '' : `${topics.write}, ${topics.read}`,
        sentence,
      ]),
    ),
  ].join('\n');
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map(
    (row) => `| ${row.join(' | ')} |`,
  );
  return `## ${title}\n\n${lines.join('\n')}\n`;
}

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
