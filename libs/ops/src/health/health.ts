import { type Metrics } from '../metric/metrics.js';

/** What a check says. The reason is for the operator: what is missing and, where it helps, since when. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Asked at every probe: reads state that someone keeps, never the network, never throws. */
export type Check = () => Verdict;

/** All verdicts of one kind. */
export interface HealthReport {
  readonly ok: boolean;
  readonly checks: readonly ({ readonly name: string } & Verdict)[];
}

/**
 * Whether this process lives (else restart it) and whether it is ready (else send it no work). Those who know keep the
 * state and register a check by name; a probe only reads it.
 *
 * A lost server makes a process unready, never dead: a restart would not bring the server back.
 */
export class Health {
  private readonly liveChecks = new Map<string, Check>();
  private readonly readyChecks = new Map<string, Check>();

  /** `metrics` shows every readiness check as dependency_up. */
  constructor(private readonly metrics?: Metrics) {}

  /** Adds a check of life, e.g. that a heart still beats. */
  addLiveCheck(name: string, check: Check): void {
    this.liveChecks.set(name, check);
  }

  /** Adds a check of readiness. */
  addReadyCheck(name: string, check: Check): void {
    this.readyChecks.set(name, check);
  }

  /** A check of readiness that is switched by hand; not ready until the first `up`. */
  addSwitch(name: string, reason = 'starting'): HealthSwitch {
    const lever = new HealthSwitch(reason);
    this.addReadyCheck(name, () => lever.verdict);
    return lever;
  }

  live(): HealthReport {
    return report(this.liveChecks);
  }

  ready(): HealthReport {
    const ready = report(this.readyChecks);
    for (const { name, ok } of ready.checks) this.metrics?.set('dependency_up', { check: name }, ok ? 1 : 0);
    return ready;
  }
}

/** The state of one dependency, kept by whoever talks to it. */
export class HealthSwitch {
  private current: Verdict;

  constructor(reason: string) {
    this.current = { ok: false, reason };
  }

  get verdict(): Verdict {
    return this.current;
  }

  up(): void {
    this.current = { ok: true };
  }

  down(reason: string): void {
    this.current = { ok: false, reason };
  }
}

function report(checks: ReadonlyMap<string, Check>): HealthReport {
  const verdicts = [...checks].map(([name, check]) => ({ name, ...check() }));
  return { ok: verdicts.every(({ ok }) => ok), checks: verdicts };
}
