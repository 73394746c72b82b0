import { alertRules } from '../alerts/alert-rules.js';
import { code, generatedNote, table } from './markdown.js';

/** The text of docs/runbook.md. */
export function runbookPage(): string {
  return (
    [
      '# Runbook',
      generatedNote,
      'One entry for each alert of `docker/prometheus/alerts.yml`: what it means, how to see it, and the one command. `npm run topology -- doctor` ' +
        'is the right first command for anything else that waits and should not. Nothing here loses a message: when in doubt, wait; ' +
        'what the broker has confirmed and what MongoDB has is safe.',
      table(
        ['alert', 'urgency', 'what is so'],
        alertRules.map(({ name, urgency, summary }) => [`[${name}](#${name.toLowerCase()})`, urgency, summary]),
      ).trimEnd(),
      ...alertRules.map(({ name, expression, holdsFor, urgency, summary, meaning, look, command, then }) =>
        [
          `## ${name}`,
          summary,
          meaning,
          `Fires (${urgency}) when ${code(expression)} holds for ${holdsFor}. ${look}`,
          `\`\`\`sh\n${command}\n\`\`\``,
          then,
        ].join('\n\n'),
      ),
    ].join('\n\n') + '\n'
  );
}
