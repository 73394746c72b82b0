import { type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import { type Log } from '../../log/log.js';

type Told = Parameters<Parameters<SpanExporter['export']>[1]>[0];

/** Says in the log when a collector takes spans and when it ceases to, one line for each change however long it lasts. */
export class TellingExporter implements SpanExporter {
  #takes: boolean | undefined;
  #lost = 0;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly address: string,
    private readonly log: Pick<Log, 'event'>,
  ) {}

  export(spans: ReadableSpan[], done: (result: Told) => void): void {
    this.exporter.export(spans, (result) => {
      if (Number(result.code) === succeeded) this.#taken();
      else this.#refused(spans.length, reasonOf(result.error));
      done(result);
    });
  }

  /** The process ends while a batch is still under way. */
  giveUp(): void {
    this.#refused(0, 'no answer before the process ended');
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  #taken(): void {
    const { address } = this;
    if (this.#takes !== true) this.log.event('spans_taken', { address, count: this.#lost });
    this.#takes = true;
    this.#lost = 0;
  }

  #refused(count: number, reason: string): void {
    const { address } = this;
    if (this.#takes !== false) this.log.event('spans_refused', { address, reason });
    this.#takes = false;
    this.#lost += count;
  }
}

/** `ExportResultCode.SUCCESS` of a package that is not ours to import. */
const succeeded = 0;

/** A connection that is refused may have no words of its own, only a code. */
function reasonOf(error: Error | undefined): string {
  if (error === undefined) return 'refused';
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : '';
  return [...new Set([error.message, String(code)])].filter((word) => word !== '').join(' ') || error.name;
}
