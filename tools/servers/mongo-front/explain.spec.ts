import { explainReply, explainStatement } from './explain.js';

const find = { explain: { find: 'orders', filter: { a: 1 } }, verbosity: 'queryPlanner' };
const plan = (node: object) => [{ Plan: node }];
const winningPlan = (node: object): unknown => {
  const { queryPlanner } = explainReply('shop', find, plan(node)) as { queryPlanner: { winningPlan: unknown } };
  return queryPlanner.winningPlan;
};

describe('explainStatement', () => {
  it.each([
    ['find', find, 'bson_aggregation_find'],
    ['aggregate', { aggregate: 'orders', pipeline: [], explain: true }, 'bson_aggregation_pipeline'],
    ['count', { explain: { count: 'orders' } }, 'bson_aggregation_count'],
    ['distinct', { explain: { distinct: 'orders', key: 'a' } }, 'bson_aggregation_distinct'],
  ])('explains %s', (_name, document, sqlFunction) => {
    expect(explainStatement('shop', document)).toContain(`documentdb_api_catalog.${sqlFunction}('shop', 'BSONHEX`);
  });

  it('lets no database name leave its quotes', () => {
    expect(explainStatement("a'; DROP TABLE x; --", find)).toContain("('a''; DROP TABLE x; --', ");
  });

  it('refuses what cannot be explained', () => {
    expect(() => explainStatement('shop', { explain: { update: 'orders' } })).toThrow(
      'explain of update is not supported',
    );
  });
});

describe('explainReply', () => {
  const byIndex = { 'Node Type': 'Index Scan', 'Index Name': 'a_1', 'Relation Name': 'documents_1' };

  it.each([
    ['an index', byIndex, { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'a_1' } }],
    ['a table', { 'Node Type': 'Seq Scan', 'Relation Name': 'documents_1' }, { stage: 'COLLSCAN' }],
    [
      'the primary key bound to the shard alone',
      { 'Node Type': 'Index Scan', 'Index Name': '_id_', 'Index Cond': "(shard_key_value = '1'::bigint)" },
      { stage: 'COLLSCAN' },
    ],
    [
      'the primary key bound to an id',
      { 'Node Type': 'Index Scan', 'Index Name': '_id_', 'Index Cond': '((shard_key_value = 1) AND (object_id = 2))' },
      { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: '_id_' } },
    ],
  ])('tells a scan of %s', (_what, node, expected) => {
    expect(winningPlan({ 'Node Type': 'Limit', Plans: [node] })).toEqual(expected);
  });

  it('tells that rows had to be sorted', () => {
    expect(winningPlan({ 'Node Type': 'Sort', Plans: [byIndex] })).toMatchObject({
      stage: 'SORT',
      inputStage: { stage: 'FETCH' },
    });
  });
});
