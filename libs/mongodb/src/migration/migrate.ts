import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type TemplateSeed, seedTemplates } from '../message/seed-templates.js';
import { applyMigration } from './apply-migration.js';
import { type LockDocument, underLock } from './migration-lock.js';
import { migrations } from './migrations.js';

/** A record that a migration was applied. */
interface AppliedMigration {
  readonly _id: number;
  readonly name: string;
  readonly appliedAt: Date;
}

/** What to migrate, and how. */
export interface MigrateOptions {
  /** Templates that every installation begins with; only missing ones are inserted. */
  readonly seeds: readonly TemplateSeed[];
  /** Gets one line for each thing that is made. */
  readonly print: (line: string) => void;
  /** Looks at everything again, also what was applied before: for a database of which something was dropped. */
  readonly thorough?: boolean;
}

/**
 * Brings the database into the shape that this version wants: collections, indexes, first templates. Safe to run again and
 * in any number of processes at once: one works, the others wait for it. With nothing to do it is two queries.
 * Throws AppError `database_unavailable`.
 */
export async function migrate(connection: MongoConnection, options: MigrateOptions): Promise<void> {
  await connection.run('migrate', async () => {
    const { db } = connection;
    if (options.thorough === true || (await pending(db)).length > 0) {
      await underLock(db.collection<LockDocument>(collectionNames.migrations), () => applyAll(db, options));
    }
    const seeded = await seedTemplates(connection, options.seeds, new Date());
    for (const { messageType, language } of seeded) options.print(`template ${messageType} in ${language}`);
  });
}

async function applyAll(db: mongo.Db, { print, thorough }: MigrateOptions): Promise<void> {
  for (const migration of thorough === true ? migrations : await pending(db)) {
    print(`migration ${migration.number}: ${migration.name}`);
    const made = await applyMigration(db, migration, (line) => print(`  ${line}`));
    if (made === 0) print('  everything is there already');
    const { number, name } = migration;
    const record = { $setOnInsert: { name, appliedAt: new Date() } };
    await db
      .collection<AppliedMigration>(collectionNames.migrations)
      .updateOne({ _id: number }, record, { upsert: true });
  }
}

async function pending(db: mongo.Db) {
  const applied = await db.collection<AppliedMigration>(collectionNames.migrations).find().toArray();
  const numbers = new Set(applied.map(({ _id }) => _id));
  return migrations.filter(({ number }) => !numbers.has(number));
}
