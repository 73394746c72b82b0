import { type Profile } from './instance.js';

/** Real signals and real restarts, for fault runs. Data and ports stay the same. */
export interface ServerControl {
  /** SIGKILL to the server and everything it started; returns when it is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again after `kill` or `stop`; returns when it serves clients. */
  readonly start: () => Promise<void>;
  /** Ends it in an orderly way; returns when it is gone. */
  readonly stop: () => Promise<void>;
}

/** A broker that can be told from inside what no client may tell it. */
export interface BrokerControl extends ServerControl {
  /** Runs `rabbitmqctl` with these arguments (about a second), and returns what it printed. @throws PlainError with its complaint */
  readonly ctl: (...args: readonly string[]) => Promise<string>;
}

/** Where a broker and a database are. */
export interface ServerUrls {
  /** AMQP URL of an administrator, default virtual host. */
  readonly rabbitmqUrl: string;
  /** `http://user:password@host:port` of the management API; absent when the given broker has none that answers. */
  readonly rabbitmqManagementUrl?: string;
  /** MongoDB URL with the name of a database. */
  readonly mongoUrl: string;
}

/** A broker and a database that answer. */
export interface Servers extends ServerUrls {
  readonly profile: Profile;
  /** One line that says which servers these are. */
  readonly how: string;
  /** Absent for servers that were given by URL: those are not ours to kill. */
  readonly control?: { readonly rabbitmq: BrokerControl; readonly database: ServerControl };
  /** Says that this process no longer needs them: the last user stops what was started. Given servers are left alone. */
  readonly stop: () => Promise<void>;
}
