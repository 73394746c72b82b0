import { type Log } from './log.js';

/**
 * Lets NestJS speak through our log. Has the shape of Nest's LoggerService without knowing Nest, so `app.useLogger` takes
 * it. What Nest says at `log`, `debug` and `verbose` (routes mapped, modules loaded) is worth a debug line only.
 */
export class NestLogger {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.target.event('framework', { message: textOf(message), context: contextOf(rest) });
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.log(message, ...rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.log(message, ...rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.target.event('framework_warning', { message: textOf(message), context: contextOf(rest) });
  }

  /** Nest hands over an error itself, or a message followed by a stack; the context comes last. */
  error(message: unknown, ...rest: unknown[]): void {
    const error = [message, ...rest].find((one) => one instanceof Error) ?? stackAsError(message, rest);
    this.target.event('framework_error', {
      message: textOf(message),
      context: contextOf(rest),
      ...(error !== undefined && { error }),
    });
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  return message instanceof Error ? message.message : (JSON.stringify(message) ?? typeof message);
}

function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
}

function stackAsError(message: unknown, rest: readonly unknown[]): Error | undefined {
  const stack = rest.find((one) => typeof one === 'string' && one.includes('\n    at '));
  if (typeof stack !== 'string') return undefined;
  const error = new Error(textOf(message));
  error.stack = stack;
  return error;
}
