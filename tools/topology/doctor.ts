import { setTimeout as sleep } from 'node:timers/promises';
import { MongoConnection, MongoNotificationHistory, MongoWorkFigures } from '@earlybird/mongodb';
import { systemClock } from '@earlybird/ops';
import { type Finding, judgeTopology, judgeWork, lookAtBroker, remedies, type WorkFigures } from '@earlybird/rabbitmq';
import { demandManagementUrl } from './demand-management-url.js';
import type { TopologyConfig } from './topology-config.js';

/** Each queue tells its counts every 5 s, and they are gathered every 5 s; a queue that was just made has told none. */
const countsLateMs = 12_000;
const lookAgainMs = 1_000;

/**
 * `npm run topology -- doctor`: each finding as one sentence and what to do; exit code 1 when something is wrong. Reads only.
 *
 * @throws AppError `broker_unavailable` or `database_unavailable`; PlainError without a management URL.
 */
export async function doctor(config: TopologyConfig): Promise<void> {
  const findings = await examineForSure(config);
  const { topology, vhost, mongoUrl } = config;
  for (const { severity, sentence, remedy } of findings)
    console.log(`${severity === 'wrong' ? '✘' : '·'} ${sentence}\n  → ${remedy}`);
  if (mongoUrl === undefined) console.log('· MONGO_URL is not set: what waits and what has failed was not looked at.');
  const wrong = findings.filter(({ severity }) => severity === 'wrong').length;
  if (wrong > 0) process.exitCode = 1;
  console.log(
    wrong > 0
      ? `${wrong} of ${findings.length} findings are wrong in vhost ${vhost}.`
      : `Vhost ${vhost} is as it should be: ${topology.exchanges.length} exchanges, ${topology.queues.length} queues, ${topology.bindings.length} bindings, ${topology.policies.length} policies.`,
  );
}

/** `examine`, once more while what is wrong may be a count of seconds ago: right after a start, or after a remedy. */
async function examineForSure(config: TopologyConfig): Promise<readonly Finding[]> {
  const end = performance.now() + countsLateMs;
  let said = false;
  for (;;) {
    const findings = await examine(config);
    if (performance.now() > end || !findings.some(({ counted }) => counted === true)) return findings;
    if (!said) console.error(`The broker tells its counts late; looking again for up to ${countsLateMs / 1_000} s …`);
    said = true;
    await sleep(lookAgainMs);
  }
}

/** Everything that the doctor finds, in the order of the topology. Throws as `doctor`. */
export async function examine({
  topology,
  vhost,
  managementUrl,
  mongoUrl,
}: TopologyConfig): Promise<readonly Finding[]> {
  demandManagementUrl(managementUrl);
  const now = new Date();
  const picture = await lookAtBroker(managementUrl, vhost);
  if (picture === undefined)
    return [{ severity: 'wrong', subject: vhost, sentence: `There is no vhost ${vhost}.`, remedy: remedies.apply }];
  const figures = mongoUrl === undefined ? undefined : await readFigures(mongoUrl, now);
  return [...judgeTopology(topology, picture), ...judgeWork(topology, picture, figures, now)];
}

async function readFigures(url: string, now: Date): Promise<WorkFigures> {
  const connection = new MongoConnection({ url, appName: 'doctor' });
  try {
    await connection.connect();
    return await new MongoWorkFigures(connection, new MongoNotificationHistory(connection, systemClock)).read(now);
  } finally {
    await connection.close();
  }
}
