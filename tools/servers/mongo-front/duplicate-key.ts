import { deserialize, type Document } from 'bson';
import { type Engine } from './engine.js';

/** What the engine says of an index that refused a key: its name, or the number in the name of PostgreSQL's index. */
export type IndexHint =
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'number'; readonly number: string }
  | { readonly by: 'nothing' };

export interface FoundIndex {
  readonly name: string;
  readonly key: Document;
}

export type FindIndex = (namespace: string, hint: IndexHint) => Promise<FoundIndex | undefined>;

/** Finds indexes in the engine's catalogue. */
export function indexCatalogue(engine: Engine): FindIndex {
  const columns = `(i.index_spec).index_name AS name, (i.index_spec).index_key::bytea AS key`;
  const byName = `SELECT ${columns} FROM documentdb_api_catalog.collection_indexes i JOIN documentdb_api_catalog.collections c USING (collection_id) WHERE c.database_name = $1 AND c.collection_name = $2 AND (i.index_spec).index_name = $3`;
  const byNumber = `SELECT ${columns} FROM documentdb_api_catalog.collection_indexes i WHERE i.index_id = $1::int`;
  return async (namespace, hint) => {
    if (hint.by === 'nothing') return undefined;
    const { name, key } =
      hint.by === 'number'
        ? await engine.run(byNumber, [hint.number])
        : await engine.run(byName, [...databaseAndCollection(namespace), hint.name]);
    return typeof name === 'string' && Buffer.isBuffer(key) ? { name, key: deserialize(key) } : undefined;
  };
}

/** MongoDB's words and fields for a refused key; applications read from `keyPattern` which rule was broken. */
export async function duplicateKey(
  namespace: string,
  hint: IndexHint,
  findIndex: FindIndex,
): Promise<{ readonly errmsg: string; readonly details: Document }> {
  const index = await findIndex(namespace, hint);
  return {
    errmsg: `E11000 duplicate key error collection: ${namespace} index: ${index?.name ?? 'unknown'}`,
    details: index === undefined ? {} : { keyPattern: index.key },
  };
}

/** `…: Index 'name'`, as in the engine's write errors. */
export function indexByName(message: string): IndexHint {
  const name = /Index '(.*)'$/.exec(message)?.[1];
  return name === undefined ? { by: 'nothing' } : { by: 'name', name };
}

/** `… constraint "documents_rum_index_7"` or `… "collection_pk_3"`, as in PostgreSQL's own errors. */
export function indexByConstraint(message: string): IndexHint {
  const number = /constraint "documents_rum_index_(\d+)"/.exec(message)?.[1];
  if (number !== undefined) return { by: 'number', number };
  return message.includes('"collection_pk_') ? { by: 'name', name: '_id_' } : { by: 'nothing' };
}

/** A collection's name may have dots, a database's may not. */
function databaseAndCollection(namespace: string): readonly [database: string, collection: string] {
  const dot = namespace.indexOf('.');
  return [namespace.slice(0, dot), namespace.slice(dot + 1)];
}
