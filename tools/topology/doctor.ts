import { MongoConnection, MongoNotificationHistory, MongoWorkFigures } from '@earlybird/mongodb';
import { systemClock } from '@earlybird/ops';
import { type Finding, judgeTopology, judgeWork, lookAtBroker, remedies, type WorkFigures } from '@earlybird/rabbitmq';
import { demandManagementUrl } from './demand-management-url.js';
import type { TopologyConfig } from './topology-config.js';

/**
 * `npm run topology -- doctor`: each finding as one sentence and what to do; exit code 1 when something is wrong. Reads only.
 *
 * @throws AppError `broker_unavailable` or `database_unavailable`; PlainError without a management URL.
 */
export async function doctor(config: TopologyConfig): Promise<void> {
  const findings = await examine(config);
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
