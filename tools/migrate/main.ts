import { AppError } from '@earlybird/core';
import { MongoConnection, migrate, verify } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import { loadConfigOrExit } from '@earlybird/ops';
import { PlainError } from '../plain-error.js';
import { migrateConfigSchema } from './migrate-config.js';

/**
 * `npm run migrate`: makes every collection and index that is missing, seeds the templates, and prints what it made; may be
 * run again at any time. `npm run migrate -- verify` changes nothing and says whether all is there (exit code 1 when not).
 */
const commands: Readonly<Record<string, (connection: MongoConnection) => Promise<void>>> = {
  up: migrateAll,
  verify: verifyAll,
};

const name = process.argv[2] ?? 'up';
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
try {
  if (command === undefined) throw new PlainError('Say `npm run migrate` or `npm run migrate -- verify`.');
  const connection = new MongoConnection({ url: loadConfigOrExit(migrateConfigSchema).mongoUrl, appName: 'migrate' });
  try {
    await connection.connect();
    await command(connection);
  } finally {
    await connection.close();
  }
} catch (error) {
  if (!(error instanceof AppError || error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function migrateAll(connection: MongoConnection): Promise<void> {
  await migrate(connection, { seeds: seedTemplates(), print: (line) => console.log(line), thorough: true });
  console.log(`${connection.address} is up to date.`);
}

async function verifyAll(connection: MongoConnection): Promise<void> {
  const faults = await verify(connection);
  if (faults.length > 0) throw new PlainError([...faults, 'Run `npm run migrate`.'].join('\n'));
  console.log(`${connection.address}: every collection, index and template is there.`);
}
