import { describedVariables, type DescribedVariable } from './described-variable.js';

/** The text of `.env.example`: every variable with its sentence; what must be set is not commented out. */
export function envExample(): string {
  const variables = describedVariables();
  const readers = new Set(variables.map(readersOf));
  return [
    introduction,
    ...[...readers].map((apps) =>
      group(
        apps,
        variables.filter((variable) => readersOf(variable) === apps),
      ),
    ),
  ].join('\n');
}

const introduction = `# Settings of every app. Copy this file to .env, put the real values in, and start.
# A variable of the process's environment wins over this file. ENV_FILE names another file.
# Commented out: the value that counts anyway, or something that need not be set.
# This file is made by \`npm run docs\`; all settings as a table: docs/configuration.md
`;

const readersOf = (variable: DescribedVariable) => variable.apps.join(', ');

function group(apps: string, variables: readonly DescribedVariable[]): string {
  return [`# ---- ${apps} ${'-'.repeat(Math.max(3, 100 - apps.length))}\n`, ...variables.map(entry)].join('\n');
}

function entry({ name, meaning, required, fallback, example }: DescribedVariable): string {
  return `# ${meaning}\n${required ? '' : '# '}${name}=${fallback ?? example}\n`;
}
