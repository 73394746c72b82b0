import pg from 'pg';
import { sqlStateOf } from './command-error.js';

/**
 * PostgreSQL processes at once. Enough that 30-fold concurrent clients rarely wait, few enough that two cores are not spent on
 * switching between them.
 */
const CONNECTIONS = 24;

/** How often a statement that lost a deadlock or a serialisation conflict is repeated; MongoDB repeats such writes for ever, unseen. */
const CONFLICT_ATTEMPTS = 20;

/** A row whose columns are bytes, numbers in text, or nothing. */
export type Row = Readonly<Record<string, Buffer | string | boolean | null>>;

/** PostgreSQL is not there: the command may or may not have taken effect. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost';
}

/** The DocumentDB engine, reached by SQL. */
export interface Engine {
  /**
   * Runs one statement, prepared under its own text on every connection, and returns its first row. One statement is one transaction.
   * @throws EngineLost when PostgreSQL went away or is not there
   */
  readonly run: (statement: string, values: readonly (string | Buffer | null)[]) => Promise<Row>;
  /**
   * The plan that an EXPLAIN (FORMAT JSON) statement gives, made as if reading a whole collection cost a lot: MongoDB takes an index
   * wherever there is one, PostgreSQL rightly reads a handful of rows without it, and the question behind an explain is whether
   * there is one.
   */
  readonly plan: (explainStatement: string) => Promise<unknown>;
  /** Whether PostgreSQL answers. */
  readonly answers: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** The engine behind the socket in that folder. */
export function connectEngine(socketFolder: string): Engine {
  const pool = new pg.Pool({ host: socketFolder, user: 'postgres', database: 'postgres', max: CONNECTIONS });
  // An idle connection that breaks is noticed by the next command; without a listener it would end the process.
  pool.on('error', () => undefined);
  const names = new Map<string, string>();
  const nameOf = (statement: string): string => {
    const name = names.get(statement) ?? `s${names.size}`;
    names.set(statement, name);
    return name;
  };

  const once = async (statement: string, values: readonly (string | Buffer | null)[]): Promise<Row> => {
    try {
      const { rows } = await pool.query<Row>({ name: nameOf(statement), text: statement, values: [...values] });
      return rows[0] ?? {};
    } catch (error) {
      throw isLoss(error) ? new EngineLost(String(error), { cause: error }) : error;
    }
  };

  return {
    run: async (statement, values) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(statement, values);
        } catch (error) {
          const sqlState = sqlStateOf(error);
          if ((sqlState !== '40P01' && sqlState !== '40001') || attempt === CONFLICT_ATTEMPTS) throw error;
        }
      }
    },
    plan: async (statement) => {
      // Several statements in one message are one transaction, which SET LOCAL is bound to.
      const settings =
        'SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL documentdb.enableCompositeIndexPlanner = off';
      const results = (await pool.query(`${settings}; ${statement}`)) as unknown as readonly pg.QueryResult<Row>[];
      return results.at(-1)?.rows[0]?.['QUERY PLAN'];
    },
    answers: () =>
      pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    close: () => pool.end(),
  };
}

/** Class 57P is PostgreSQL shutting down, crashed or starting; 08 is the connection; without a SQLSTATE it is the socket. */
function isLoss(error: unknown): boolean {
  const sqlState = sqlStateOf(error);
  return sqlState === undefined || sqlState.startsWith('57P') || sqlState.startsWith('08');
}
