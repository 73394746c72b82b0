import { BSON, type Document, serialize } from 'bson';
import { DRIVER_FIELDS } from './command.js';
import { CommandError } from './command-error.js';

/** The engine's table function for each command that can be explained. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  find: 'bson_aggregation_find',
  aggregate: 'bson_aggregation_pipeline',
  count: 'bson_aggregation_count',
  distinct: 'bson_aggregation_distinct',
};

/** What PostgreSQL says of one step of a plan, as far as it matters here. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/**
 * The SQL that explains a command, given as `{explain: command}` or as an aggregate with `explain: true`.
 * @throws CommandError when that command cannot be explained
 */
export function explainStatement(database: string, document: Document): string {
  const explained = explainedCommand(document);
  const [kind = ''] = Object.keys(explained);
  const sqlFunction = FUNCTIONS[kind];
  if (sqlFunction === undefined) throw new CommandError(115, `explain of ${kind} is not supported`);
  const spec = Object.fromEntries(
    Object.entries(explained).filter(([name]) => name !== 'explain' && !DRIVER_FIELDS.has(name)),
  );
  const bytes = Buffer.from(serialize(spec)).toString('hex');
  // The engine wants constants, not parameters. Hexadecimal digits need no escaping; the name of the database does.
  const name = database.replaceAll("'", "''");
  return `EXPLAIN (FORMAT JSON) SELECT document FROM documentdb_api_catalog.${sqlFunction}('${name}', 'BSONHEX${bytes}'::documentdb_core.bson)`;
}

/** The plan in MongoDB's shape: which steps, and over which index. */
export function explainReply(database: string, document: Document, plan: unknown): Document {
  const explained = explainedCommand(document);
  const [kind = ''] = Object.keys(explained);
  const [{ Plan: root }] = plan as readonly [{ readonly Plan: PlanNode }];
  return {
    explainVersion: '1',
    queryPlanner: {
      namespace: `${database}.${String(explained[kind])}`,
      winningPlan: stagesOf(root),
      rejectedPlans: [],
    },
    command: BSON.deserialize(serialize(explained)),
    ok: 1,
  };
}

function explainedCommand(document: Document): Document {
  const { explain } = document;
  return typeof explain === 'object' && explain !== null && !('value' in explain) ? (explain as Document) : document;
}

function stagesOf(root: PlanNode): Document {
  const nodes = allNodes(root);
  const indexed = nodes.find((node) => node['Index Name'] !== undefined && !isWholeCollection(node));
  const isCollectionScan = nodes.some((node) => node['Node Type'] === 'Seq Scan' || isWholeCollection(node));
  const access: Document = isCollectionScan
    ? { stage: 'COLLSCAN' }
    : indexed !== undefined
      ? { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: indexed['Index Name'] } }
      : { stage: 'EOF' };
  const sorted = nodes.some((node) => node['Node Type'] === 'Sort' || node['Node Type'] === 'Incremental Sort');
  return sorted ? { stage: 'SORT', inputStage: access } : access;
}

/** The primary key begins with the shard: bound to that alone it gives every document. */
function isWholeCollection(node: PlanNode): boolean {
  return node['Index Name'] === '_id_' && !(node['Index Cond'] ?? '').includes('object_id');
}

function allNodes(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}
