import { MongoConnection, migrate } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import { prepareSystem, type RunningSystem, type SystemSetup } from '@earlybird/testing';
import { type Bench } from '../figure.js';

/** What carries events to the provider: our worker, and the two programs that it is compared with (quality.md). */
export const subjects = ['worker', 'floor', 'usual way'] as const;
export type Subject = (typeof subjects)[number];

const programs: Readonly<Record<Subject, Pick<SystemSetup, 'workerArguments'>>> = {
  worker: {},
  floor: { workerArguments: ['--import', 'tsx', 'tools/bench/floor.ts'] },
  'usual way': { workerArguments: ['--import', 'tsx', 'tools/bench/usual-way.ts'] },
};

/** As in production: the provider is given its time, and nothing is swept while it is measured. */
const pace = {
  providerTimeoutMs: 10_000,
  providerConnectTimeoutMs: 10_000,
  retryDelayMs: 5_000,
  deferDelayMs: 5_000,
  sweepIntervalMs: 60_000,
  queuedGraceMs: 1_800_000,
  retryingGraceMs: 600_000,
  sendingGraceMs: 600_000,
} as const;

/**
 * Lines that nobody reads would be written and read on the cores that are measured. As many in hand as the floor has; the
 * default is made for a provider that takes 50 a second.
 */
const workerEnv = { LOG_LEVEL: 'warn', NOTIFICATION_CONCURRENCY: '128' } as const;

/**
 * Runs `work` on a system of its own: simulator, database with the indexes of production, and so many processes of the subject.
 * Everything is taken away afterwards.
 */
export async function withSubject<T>(
  { servers, progress }: Bench,
  subject: Subject,
  workers: number,
  work: (system: RunningSystem) => Promise<T>,
): Promise<T> {
  const system = await prepareSystem({ servers, workers, pace, workerEnv, ...programs[subject] });
  try {
    await progress.step(`starting ${subject}`, async () => {
      await prepareDatabase(system.databaseUrl);
      await Promise.all(system.processes.map((process) => process.start()));
    });
    return await work(system);
  } finally {
    await system.stop();
  }
}

/** What it takes for the record to be searched costs every writer the same. */
async function prepareDatabase(url: string): Promise<void> {
  const connection = new MongoConnection({ url, appName: 'bench' });
  await connection.connect();
  try {
    await migrate(connection, { seeds: seedTemplates(), print: () => undefined });
  } finally {
    await connection.close();
  }
}
