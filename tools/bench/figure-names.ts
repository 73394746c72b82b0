/** What can be measured (quality.md, benchmarks). */
export const figureNames = ['api', 'throughput', 'latency', 'backlog', 'workers', 'rest'] as const;
export type FigureName = (typeof figureNames)[number];
