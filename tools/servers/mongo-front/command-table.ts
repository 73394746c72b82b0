import { deserialize, type Document, Long, serialize } from 'bson';
import { type Command, DRIVER_FIELDS } from './command.js';
import { CommandError, failureReply, sqlStateOf } from './command-error.js';
import { type Cursors } from './cursors.js';
import { duplicateKey, indexByConstraint, indexCatalogue } from './duplicate-key.js';
import { type Engine, type Row } from './engine.js';
import { explainStatement, explainReply } from './explain.js';
import { stringOf, without } from './raw-document.js';
import { buildInfoReply, helloReply, parametersReply, serverStatusReply } from './server-facts.js';
import { writeReply } from './write-reply.js';

/** What handlers work with. */
export interface FrontContext {
  readonly engine: Engine;
  readonly cursors: Cursors;
  /** Two index builds at once deadlocked in the engine. */
  readonly indexBuilds: <T>(work: () => Promise<T>) => Promise<T>;
  readonly connectionId: number;
}

/** Carries out one command; the answer as a document or already in bytes. */
export type Handler = (command: Command, context: FrontContext) => Promise<Document | Uint8Array>;

/**
 * What to do for each command, by its name in lower case (servers take some names in several spellings).
 * The engine's own SQL functions do the work; a handler only chooses the function and puts its result into MongoDB's shape.
 */
export const commandTable: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['hello', async (_command, { connectionId }) => helloReply(connectionId, new Date())],
  ['ismaster', async (_command, { connectionId }) => helloReply(connectionId, new Date())],
  ['buildinfo', async () => buildInfoReply()],
  ['getparameter', async () => parametersReply()],
  ['serverstatus', async () => serverStatusReply(process.uptime(), new Date())],
  ['connectionstatus', async () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 })],
  ['whatsmyuri', async () => ({ you: '127.0.0.1', ok: 1 })],
  ['endsessions', async () => ({ ok: 1 })],
  ['logout', async () => ({ ok: 1 })],
  ['ping', ping],

  ['insert', write('insert')],
  ['update', write('update')],
  ['delete', write('delete')],
  ['findandmodify', findAndModify],

  ['find', firstPage('find')],
  ['aggregate', aggregate],
  ['listcollections', firstPage('list_collections')],
  ['listindexes', firstPage('list_indexes')],
  ['getmore', getMore],
  ['killcursors', killCursors],
  ['count', wholeAnswer('documentdb_api.count_query')],
  ['distinct', wholeAnswer('documentdb_api.distinct_query')],
  ['explain', explain],

  ['listdatabases', listDatabases],
  ['create', wholeAnswer('documentdb_api.create_collection_view')],
  ['drop', drop],
  ['dropdatabase', dropDatabase],
  ['collmod', collectionAnswer('documentdb_api.coll_mod($1, $2, $3::bytea::documentdb_core.bson)')],
  ['renamecollection', serverAnswer('documentdb_api.rename_collection')],
  ['createindexes', createIndexes],
  ['dropindexes', dropIndexes],
  ['deleteindexes', dropIndexes],
  ['collstats', stats('documentdb_api.coll_stats($1, $2)')],
  ['dbstats', stats('documentdb_api.db_stats($1)')],
  ['validate', wholeAnswer('documentdb_api.validate')],
  ['currentop', serverAnswer('documentdb_api.current_op_command')],
  ['killop', serverAnswer('documentdb_api.kill_op')],
]);

async function ping(_command: Command, { engine }: FrontContext): Promise<Document> {
  await engine.run('SELECT 1', []);
  return { ok: 1 };
}

function write(kind: 'insert' | 'update' | 'delete'): Handler {
  const statement = `SELECT p_result::bytea AS reply FROM documentdb_api.${kind}($1, $2::bytea::documentdb_core.bson, $3::bytea::documentdb_core.bsonsequence)`;
  return async (command, { engine }) => {
    const row = await engine.run(statement, [command.database, bodyOf(command), command.sequence]);
    return writeReply(bytes(row, 'reply'), namespaceOf(command), indexCatalogue(engine));
  };
}

async function findAndModify(command: Command, { engine }: FrontContext): Promise<Uint8Array> {
  const statement =
    'SELECT p_result::bytea AS reply FROM documentdb_api.find_and_modify($1, $2::bytea::documentdb_core.bson)';
  try {
    return bytes(await engine.run(statement, [command.database, bodyOf(command)]), 'reply');
  } catch (error) {
    const sqlState = sqlStateOf(error);
    if (!(error instanceof Error) || (sqlState !== '23505' && sqlState !== '23P01')) throw error;
    const hint = indexByConstraint(error.message);
    const { errmsg, details } = await duplicateKey(namespaceOf(command), hint, indexCatalogue(engine));
    throw new CommandError(11000, errmsg, details);
  }
}

function firstPage(kind: 'find' | 'aggregate' | 'list_collections' | 'list_indexes'): Handler {
  const statement = `SELECT cursorpage::bytea AS page, continuation::bytea AS continuation, cursorid::text AS id FROM documentdb_api.${kind}_cursor_first_page($1, $2::bytea::documentdb_core.bson)`;
  return async (command, { engine, cursors }) => {
    const row = await engine.run(statement, [command.database, bodyOf(command)]);
    const { id, continuation } = row;
    if (typeof id === 'string' && id !== '0' && Buffer.isBuffer(continuation)) {
      cursors.keep(id, command.database, continuation);
    }
    return bytes(row, 'page');
  };
}

const aggregateFirstPage = firstPage('aggregate');

async function aggregate(command: Command, context: FrontContext): Promise<Document | Uint8Array> {
  return command.elements.some(({ name }) => name === 'explain')
    ? explain(command, context)
    : aggregateFirstPage(command, context);
}

async function getMore(command: Command, { engine, cursors }: FrontContext): Promise<Uint8Array> {
  const id = cursorIdOf(command);
  const statement =
    'SELECT cursorpage::bytea AS page, continuation::bytea AS continuation FROM documentdb_api.cursor_get_more($1, $2::bytea::documentdb_core.bson, $3::bytea::documentdb_core.bson)';
  const place = cursors.continuationOf(id, command.database);
  const row = await engine.run(statement, [command.database, bodyOf(command), place]);
  const { continuation } = row;
  if (Buffer.isBuffer(continuation)) cursors.keep(id, command.database, continuation);
  else cursors.forget(id);
  return bytes(row, 'page');
}

async function killCursors(command: Command, { engine, cursors }: FrontContext): Promise<Document> {
  const { cursors: asked } = deserialize(command.body, { promoteLongs: false, useBigInt64: false });
  const ids = Array.isArray(asked) ? asked.filter((id) => Long.isLong(id)) : [];
  const killed = ids.filter((id) => cursors.forget(id.toString()));
  if (killed.length > 0) {
    await engine.run('SELECT documentdb_api_internal.delete_cursors($1::bigint[])::bytea AS reply', [
      `{${killed.join(',')}}`,
    ]);
  }
  const notFound = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

/** Functions that take the database and the whole command and return the whole answer. */
function wholeAnswer(sqlFunction: string): Handler {
  const statement = `SELECT ${sqlFunction}($1, $2::bytea::documentdb_core.bson)::bytea AS reply`;
  return async (command, { engine }) =>
    bytes(await engine.run(statement, [command.database, bodyOf(command)]), 'reply');
}

/** Functions that take the whole command and return the whole answer. */
function serverAnswer(sqlFunction: string): Handler {
  const statement = `SELECT ${sqlFunction}($1::bytea::documentdb_core.bson)::bytea AS reply`;
  return async (command, { engine }) => bytes(await engine.run(statement, [bodyOf(command)]), 'reply');
}

function collectionAnswer(call: string): Handler {
  const statement = `SELECT ${call}::bytea AS reply`;
  return async (command, { engine }) =>
    bytes(await engine.run(statement, [command.database, collectionOf(command), bodyOf(command)]), 'reply');
}

function stats(call: string): Handler {
  const statement = `SELECT ${call}::bytea AS reply`;
  const ofCollection = call.includes('$2');
  return async (command, { engine }) => {
    const values = ofCollection ? [command.database, collectionOf(command)] : [command.database];
    return bytes(await engine.run(statement, values), 'reply');
  };
}

async function listDatabases(command: Command, { engine }: FrontContext): Promise<Uint8Array> {
  const statement = 'SELECT documentdb_api.list_databases($1::bytea::documentdb_core.bson)::bytea AS reply';
  return bytes(await engine.run(statement, [bodyOf(command)]), 'reply');
}

async function drop(command: Command, { engine }: FrontContext): Promise<Document> {
  const collection = collectionOf(command);
  const statement = 'SELECT documentdb_api.drop_collection($1, $2) AS existed';
  const { existed } = await engine.run(statement, [command.database, collection]);
  // MongoDB 7 answers ok for a collection that is not there.
  return existed === true ? { nIndexesWas: 1, ns: `${command.database}.${collection}`, ok: 1 } : { ok: 1 };
}

async function dropDatabase(command: Command, { engine }: FrontContext): Promise<Document> {
  await engine.run('SELECT documentdb_api.drop_database($1)', [command.database]);
  return { dropped: command.database, ok: 1 };
}

const namespaceNotFound = 26;

async function createIndexes(command: Command, context: FrontContext): Promise<Document> {
  const statement =
    'SELECT documentdb_api_internal.create_indexes_non_concurrently($1, $2::bytea::documentdb_core.bson, true)::bytea AS reply';
  const values = [command.database, wholeBodyOf(command, 'indexes')];
  const build = (): Promise<Row> => context.indexBuilds(() => context.engine.run(statement, values));
  // The engine makes the collection first, and a busy one was seen not to find it a moment later. MongoDB never answers so.
  const row = await build().catch((error: unknown) => {
    if (failureReply(error)['code'] !== namespaceNotFound) throw error;
    return build();
  });
  const reply = deserialize(bytes(row, 'reply'));
  // The engine answers like a cluster of one shard.
  const { raw } = reply as { raw?: { defaultShard?: Document } };
  return raw?.defaultShard ?? reply;
}

async function dropIndexes(command: Command, { engine, indexBuilds }: FrontContext): Promise<Document | Uint8Array> {
  const statement =
    'SELECT documentdb_api_internal.drop_indexes_non_concurrently($1, $2::bytea::documentdb_core.bson)::bytea AS reply';
  return bytes(await indexBuilds(() => engine.run(statement, [command.database, bodyOf(command)])), 'reply');
}

async function explain(command: Command, { engine }: FrontContext): Promise<Document> {
  const document = deserialize(command.body, { promoteValues: false });
  const plan = await engine.plan(explainStatement(command.database, document));
  return explainReply(command.database, document, plan);
}

function bodyOf(command: Command): Buffer {
  return without(command.body, command.elements, DRIVER_FIELDS);
}

/** The body with the documents of the sequence inside it, for functions that take no sequence. */
function wholeBodyOf(command: Command, field: string): Buffer {
  if (command.sequence === null) return bodyOf(command);
  throw new CommandError(9, `${command.name} takes ${field} in its body`);
}

/** The value of the command's first element, when it is a name. */
function collectionOf(command: Command): string {
  const [first] = command.elements;
  const collection = first && stringOf(command.body, first);
  if (collection === undefined) throw new CommandError(73, `${command.name} needs the name of a collection`);
  return collection;
}

function namespaceOf(command: Command): string {
  return `${command.database}.${collectionOf(command)}`;
}

function cursorIdOf(command: Command): string {
  const { getMore: id } = deserialize(command.body, { promoteLongs: false });
  if (!Long.isLong(id)) throw new CommandError(14, 'getMore needs a cursor id of type long');
  return id.toString();
}

function bytes(row: Row, column: string): Buffer {
  const value = row[column];
  if (!Buffer.isBuffer(value)) throw new CommandError(1, `the engine gave no ${column}`);
  return value;
}

/** The failure of a command that the table does not have. */
export function unknownCommand(name: string): CommandError {
  return new CommandError(59, `no such command: '${name}'`);
}

/** Serialises an answer that a handler gave as a document. */
export function answerBytes(answer: Document | Uint8Array): Uint8Array {
  return answer instanceof Uint8Array ? answer : serialize(answer);
}
