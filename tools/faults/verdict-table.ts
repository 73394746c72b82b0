import type { FaultRequest } from './fault-request.js';
import type { Verdict } from './judge-evidence.js';

/** The verdict as people read it. */
export function verdictTable(request: FaultRequest, verdict: Verdict): string {
  const { findings, doubles, recoveries, statuses } = verdict;
  const width = Math.max(...findings.map(({ promise }) => promise.length));
  const lines = findings.flatMap(({ promise, kept, seen, offenders }) => [
    `  ${kept ? '✔' : '✘'} ${promise.padEnd(width)}  ${seen}`,
    ...offenders.map((offender) => `      ${offender}`),
  ]);
  const byRule = groupCounts(doubles.byRule.map(({ why }) => why));
  return [
    `${request.events} events, ${request.kills} kills, seed ${request.seed}, unknown ${request.onUnknown ?? 'as each type says'}${request.break === undefined ? '' : `, rule broken: ${request.break}`}`,
    ...lines,
    '',
    `  sent twice by the rules (unknown → resend): ${doubles.byRule.length}${byRule === '' ? '' : ` (${byRule})`}; open at a kill: ${verdict.explained.openAtKills} attempts, ${recoveries.reduce((sum, { openRequests }) => sum + openRequests, 0)} requests at the provider`,
    `  ended as: ${groupCounts(Object.entries(statuses).flatMap(([status, count]) => Array.from({ length: count }, () => status)))}`,
    `  recovery: ${recoveryFigures(verdict)}`,
  ].join('\n');
}

function recoveryFigures({ recoveries }: Verdict): string {
  const faults = [...new Set(recoveries.map(({ fault }) => fault))];
  return faults
    .map((fault) => {
      const ms = recoveries.filter((one) => one.fault === fault).map(({ recoveredAt, backAt }) => recoveredAt - backAt);
      const most = Math.max(...ms);
      return `${fault} ×${ms.length} ≤ ${(most / 1_000).toFixed(1)} s`;
    })
    .join(', ');
}

function groupCounts(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}
