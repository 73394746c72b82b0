/** Every command that the runbook names; each is run by the test that stands beside it. */
export const alertCommands = {
  /** tools/topology/main.integration.ts, doctor.integration.ts */
  doctor: 'npm run topology -- doctor',
  /** tools/topology/main.integration.ts */
  apply: 'npm run topology -- apply',
  /** tools/topology/main.integration.ts, doctor.integration.ts */
  reroute: 'npm run topology -- reroute',
  /** tools/alerts/runbook.integration.ts */
  ready: 'curl -s http://127.0.0.1:3001/health/ready',
  /** tools/alerts/runbook.integration.ts */
  apiReady: 'curl -s http://127.0.0.1:3002/health/ready',
  /** tools/alerts/runbook.integration.ts */
  verify: 'npm run migrate -- verify',
  /** tools/alerts/runbook.integration.ts */
  parked: 'npm run parked -- list',
  /** tools/alerts/runbook.integration.ts */
  failures:
    'curl -s -H "Authorization: Bearer $(npm run -s token -- --role viewer)" http://127.0.0.1:3000/api/notifications/failures',
  /** tools/alerts/runbook.integration.ts */
  unknown:
    'curl -s -H "Authorization: Bearer $(npm run -s token -- --role viewer)" http://127.0.0.1:3000/api/notifications/unknown',
  /** Every end-to-end test starts workers so. */
  startWorker: 'node dist/apps/worker/src/main.js',
} as const;
