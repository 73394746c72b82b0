/** What can be measured (quality.md, benchmarks). */
export const figureNames = ['api', 'throughput'] as const;
export type FigureName = (typeof figureNames)[number];
