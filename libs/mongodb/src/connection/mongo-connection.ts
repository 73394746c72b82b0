import { AppError } from '@earlybird/core';
import mongoose, { type mongo } from 'mongoose';
import { type MongoOptions, clientOptions } from './client-options.js';
import { type CollectionName } from './collection-names.js';
import { isFull, toAppError } from './database-error.js';
import { UnderWay } from './under-way.js';
import { withinMs } from './within-ms.js';

/** How long `ping` waits: a server that needs longer for nothing is away. */
const pingLimitMs = 2_000;
/** The first and the longest wait between two looks whether a lost database is back. */
const firstProbeMs = 250;
const longestProbeMs = 2_000;
/**
 * How long a lost database is looked for with the same driver. The driver's own watch can die with its socket (its greeting is
 * then neither answered nor refused), and it selects no server for ever, though any new driver finds one.
 */
const renewEveryMs = 5_000;

/**
 * One process's connection to MongoDB. It knows whether the database is there: lost when the driver sees no writable server
 * or a step failed as `database_unavailable`; back when a ping is answered again. The driver reconnects by itself; where it does
 * not, it is set up anew.
 */
export class MongoConnection {
  private readonly connection = mongoose.createConnection();
  private readonly collections = new Map<string, mongo.Collection<never>>();
  private readonly underWay = new Set<UnderWay>();
  private readonly lostListeners = new Set<(cause: AppError) => void>();
  private readonly backListeners = new Set<() => void>();
  private state: 'new' | 'up' | 'lost' | 'closed' = 'new';
  private probeTimer: NodeJS.Timeout | undefined;
  /** Whether there is a driver to ask; not while it is set up anew. */
  private isOpen = false;
  private renewAtMs = 0;

  constructor(private readonly options: MongoOptions) {}

  /** One try, at most 2.5 s; may be repeated until it succeeds. Throws AppError `database_unavailable`, or what waiting does not cure. */
  async connect(): Promise<void> {
    if (this.state !== 'new') return;
    await this.open();
    this.state = 'up';
  }

  /** Ends every connection. Steps under way fail as `database_unavailable`. */
  async close(): Promise<void> {
    this.state = 'closed';
    clearTimeout(this.probeTimer);
    await this.connection.close();
  }

  get isUp(): boolean {
    return this.state === 'up';
  }

  /** Hosts and database, without user and password: for log lines. */
  get address(): string {
    return this.options.url.replace(/^(\w+(?:\+\w+)?:\/\/)(?:[^@/]*@)?/, '$1').replace(/\?.*$/, '');
  }

  /** Called once per loss. The listener must not throw. Returns how to end it. */
  onLost(listener: (cause: AppError) => void): () => void {
    this.lostListeners.add(listener);
    return () => this.lostListeners.delete(listener);
  }

  /** Called once when a lost database answers again. The listener must not throw. Returns how to end it. */
  onBack(listener: () => void): () => void {
    this.backListeners.add(listener);
    return () => this.backListeners.delete(listener);
  }

  /** Resolves when the database itself has answered; throws AppError `database_unavailable` after `limitMs` at the latest. */
  async ping(limitMs = pingLimitMs): Promise<void> {
    await withinMs(limitMs, () => this.db.command({ ping: 1 })).catch((error: unknown) => {
      throw toAppError(error, `ping of MongoDB at ${this.address}`);
    });
  }

  /** Runs one step against the database and gives its errors as AppError (`toAppError`); a loss is noticed at once. */
  async run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    // A mongoose model would answer with an error of its own that looks like a bug.
    if (!this.isOpen) throw this.notConnected();
    const underWay = new UnderWay();
    this.underWay.add(underWay);
    try {
      return await Promise.race([work(), underWay.stranded]);
    } catch (error) {
      const failure = toAppError(error, step);
      // A full database still answers: a probe would find it well, and so on in circles. Whoever writes waits by itself.
      if (failure.code === 'database_unavailable' && failure !== underWay.cause && !isFull(error)) this.lose(failure);
      throw failure;
    } finally {
      this.underWay.delete(underWay);
    }
  }

  /** The driver's own collection: for writes and reads where a mongoose model adds nothing but work. */
  collection<Stored extends mongo.Document>(name: CollectionName): mongo.Collection<Stored> {
    const known = this.collections.get(name) ?? this.db.collection<never>(name);
    this.collections.set(name, known);
    return known as unknown as mongo.Collection<Stored>;
  }

  /** The mongoose model of a schema on this connection: casts and checks what it reads and writes by the schema. */
  model<Stored>(name: CollectionName, schema: mongoose.Schema<Stored>): mongoose.Model<Stored> {
    const known = this.connection.models[name] as mongoose.Model<Stored> | undefined;
    return known ?? this.connection.model<Stored>(name, schema, name);
  }

  /** The database itself, for migrations and tests. */
  get db(): mongo.Db {
    const { db } = this.connection;
    if (db === undefined) throw this.notConnected();
    return db;
  }

  private notConnected(): AppError {
    return new AppError('database_unavailable', `not connected to MongoDB at ${this.address}`);
  }

  private async open(): Promise<void> {
    try {
      await this.connection.openUri(this.options.url, clientOptions(this.options));
      await this.ping();
    } catch (error) {
      throw toAppError(error, `connect to MongoDB at ${this.address}`);
    }
    this.isOpen = true;
    this.connection.getClient().on('topologyDescriptionChanged', ({ newDescription }) => {
      if ([...newDescription.servers.values()].some((server) => server.isWritable)) return;
      this.lose(new AppError('database_unavailable', `no writable MongoDB at ${this.address}`));
    });
  }

  private lose(cause: AppError): void {
    if (this.state !== 'up') return;
    this.state = 'lost';
    this.renewAtMs = performance.now() + renewEveryMs;
    for (const listener of this.lostListeners) listener(cause);
    this.probe(firstProbeMs);
  }

  private probe(waitMs: number): void {
    this.probeTimer = setTimeout(() => {
      this.look().then(
        () => this.regain(),
        () => {
          if (this.state === 'lost') this.probe(Math.min(waitMs * 2, longestProbeMs));
        },
      );
    }, waitMs);
    this.probeTimer.unref();
  }

  private look(): Promise<void> {
    if (this.isOpen && performance.now() < this.renewAtMs) return this.ping();
    this.renewAtMs = performance.now() + renewEveryMs;
    return this.renew();
  }

  private async renew(): Promise<void> {
    this.isOpen = false;
    this.collections.clear();
    // A driver that hangs may hang in closing too. (mongoose would never open again what it was told to close by force.)
    await withinMs(pingLimitMs, () => this.connection.getClient().close(true)).catch(() => undefined);
    await withinMs(pingLimitMs, () => this.connection.close()).catch(() => undefined);
    if (this.state === 'lost') await this.open();
    if (this.state === 'closed') await this.connection.close();
  }

  /**
   * What was under way during the outage ends now: a command that the driver wrote to a socket just as it died is never
   * answered and never fails, and whoever waits for it would hold an envelope for ever. Repeating a step does no harm.
   */
  private regain(): void {
    if (this.state !== 'lost') return;
    this.state = 'up';
    for (const underWay of this.underWay) underWay.strand(this.address);
    for (const listener of this.backListeners) listener();
  }
}
