import { describedVariables, type DescribedVariable } from './described-variable.js';
import { code, generatedNote, table } from './markdown.js';

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  return [
    '# Configuration',
    generatedNote,
    'Every app reads its environment once, at start, and from the file `.env` in its working directory what the environment ' +
      'does not say (`ENV_FILE` names another file). It reports all faults together and ends with exit code 78 before it ' +
      'connects to anything. The value of a secret is never shown, and the placeholders of `.env.example` are refused.',
    table(['variable', 'read by', 'form', 'default', 'meaning'], describedVariables().map(row)),
  ].join('\n\n');
}

function row(variable: DescribedVariable): readonly string[] {
  return [
    code(variable.name),
    variable.apps.join(', '),
    variable.form,
    defaultOf(variable),
    `${variable.meaning}${variable.secret ? ' **Secret.**' : ''}`,
  ];
}

function defaultOf({ required, fallback }: DescribedVariable): string {
  if (required) return '**must be set**';
  return fallback === undefined ? '–' : code(fallback);
}
