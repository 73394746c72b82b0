import { rm, writeFile } from 'node:fs/promises';
import { PlainError } from '../plain-error.js';
import { printedProgress } from '../progress.js';
import { buildApps } from '../start/build-apps.js';
import { readFaultRequest } from './fault-request.js';
import { interruption } from './interruption.js';
import { judgeEvidence } from './judge-evidence.js';
import { runFaults } from './run-faults.js';
import { verdictTable } from './verdict-table.js';

/**
 * `npm run faults`: real processes, a real broker and a real database, killed while events flow; then every event is accounted
 * for from MongoDB and the simulator's own file. Exit code 1 when a promise was broken, and the logs are kept then; 2 when
 * nothing could be judged.
 */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const request = readFaultRequest(args, new Date());
    await buildApps(printedProgress);
    const { evidence, logs } = await runFaults(request, interruption());
    const verdict = judgeEvidence(evidence);
    console.log(`\n${verdictTable(request, verdict)}`);
    if (request.json !== undefined) {
      const { explained, ...figures } = verdict;
      const account = { request, ...figures, openAtKills: explained.openAtKills };
      await writeFile(request.json, `${JSON.stringify(account, null, 2)}\n`);
    }
    if (verdict.kept) await rm(logs, { recursive: true });
    else console.log(`\n  the logs of all processes and the simulator's journal: ${logs}`);
    process.exitCode = verdict.kept ? 0 : 1;
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    console.error(error.message);
    // What an interrupted run was waiting for must not keep it.
    process.exit(2);
  }
}
