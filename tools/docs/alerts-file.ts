import { alertRules } from '../alerts/alert-rules.js';

/** The text of docker/prometheus/alerts.yml. JSON strings are YAML. */
export function alertsFile(): string {
  const rules = alertRules.map(({ name, expression, holdsFor, urgency, summary, command }) =>
    [
      `      - alert: ${name}`,
      `        expr: ${JSON.stringify(expression)}`,
      `        for: ${holdsFor}`,
      `        labels: { severity: ${urgency} }`,
      '        annotations:',
      `          summary: ${JSON.stringify(summary)}`,
      `          command: ${JSON.stringify(command)}`,
      `          runbook: ${JSON.stringify(`docs/runbook.md#${name.toLowerCase()}`)}`,
    ].join('\n'),
  );
  return `${[
    '# Made from tools/alerts/alert-rules.ts by `npm run docs`; a test keeps it current.',
    'groups:',
    '  - name: notification-service',
    '    rules:',
    ...rules,
  ].join('\n')}\n`;
}
