import { type LogEvent, logEvents, logFields } from '@earlybird/ops';
import { code, generatedNote, table } from './markdown.js';

/** The text of docs/log-events.md. */
export function logEventsPage(): string {
  return [
    '# Log events',
    generatedNote,
    'Every process writes one JSON line per decision to stdout: `level`, `time` (UTC), `app`, `event`, the fields below and ' +
      '`msg` for the human eye. The list is closed. Phones are masked (`+91******3210`), bodies and credentials never appear.',
    table(
      ['event', 'level', 'meaning', 'fields', 'sometimes'],
      Object.entries(logEvents).map(([name, event]) => row(name, event)),
    ),
    '## Fields',
    table(
      ['field', 'holds', 'meaning'],
      Object.entries(logFields).map(([name, field]) => [code(name), field.kind, field.meaning]),
    ),
  ].join('\n\n');
}

function row(name: string, event: LogEvent): readonly string[] {
  return [
    code(name),
    event.level,
    event.meaning,
    event.fields.map(code).join(', '),
    event.optional.map(code).join(', '),
  ];
}
