import { type Dispatcher } from 'undici';
import { type Exchange } from './exchange.js';
import { roadReason } from './road-reason.js';

/** How far one exchange may go. */
export interface ExchangeLimits {
  /** For the whole exchange, waiting for a connection included. */
  readonly timeoutMs: number;
  /** Of the body; what is beyond is not read. */
  readonly answerBytes: number;
}

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Follows one request through undici and settles once, whatever happens, by the total time limit at the latest.
 * undici calls `onRequestStart` just before the first byte is written: that call, not the name of an error, divides "nothing
 * was sent" from "perhaps sent".
 */
export class UndiciExchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: Headers = {};
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private settled = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly limits: ExchangeLimits,
    private readonly onSettled: (exchange: Exchange) => void,
  ) {
    this.timer = setTimeout(() => this.breakOff(), limits.timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It waited for a connection until its time was up: nobody waits for the answer, so nothing may be sent.
    if (this.settled) controller.abort(new Error('too late to be sent'));
    else this.controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    if (status < 200) return;
    this.status = status;
    this.headers = textsOf(headers);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    const room = this.limits.answerBytes - this.size;
    this.size += chunk.length;
    this.chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    if (chunk.length > room) this.breakOff();
  }

  onResponseEnd(): void {
    this.settle(this.answer(true));
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: unknown): void {
    this.fail(error);
  }

  /** Also for errors that undici throws instead of handing them over. */
  fail(error: unknown): void {
    if (this.controller === undefined) return this.settle({ kind: 'unsent', reason: roadReason(error) });
    if (this.status > 0) return this.settle(this.answer(false));
    this.settle({ kind: 'unanswered', reason: isNoHttp(error) ? 'answer_unreadable' : 'connection_lost' });
  }

  private breakOff(): void {
    if (this.controller === undefined) return this.settle({ kind: 'unsent', reason: 'connect_timeout' });
    this.settle(this.status > 0 ? this.answer(false) : { kind: 'unanswered', reason: 'answer_timeout' });
    this.controller.abort(new Error('broken off'));
  }

  private answer(complete: boolean): Exchange {
    const text = Buffer.concat(this.chunks).toString('utf8');
    return { kind: 'answered', status: this.status, headers: this.headers, text, complete };
  }

  private settle(exchange: Exchange): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.timer);
    this.onSettled(exchange);
  }
}

const isNoHttp = (error: unknown) =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'HTTPParserError';

/** A header that comes several times is taken once; none that we read may. */
function textsOf(headers: Record<string, unknown>): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const one: unknown = Array.isArray(value) ? value[0] : value;
      return [name, typeof one === 'string' ? one : undefined];
    }),
  );
}
