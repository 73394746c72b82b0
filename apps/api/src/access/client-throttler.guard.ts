import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerStorageService } from '@nestjs/throttler';
import { type Request } from 'express';
import { callerOf } from './caller.js';
import { Unlimited } from './unlimited.js';

const minuteMs = 60_000;

/** Limits requests per client; those without a good token per address, so that nobody guesses tokens at leisure. */
class ClientThrottlerGuard extends ThrottlerGuard {
  protected override async shouldSkip(context: ExecutionContext): Promise<boolean> {
    return this.reflector.get(Unlimited, context.getHandler()) === true;
  }

  protected override async getTracker(request: Request): Promise<string> {
    const caller = callerOf(request);
    return caller === undefined ? `address:${request.ip ?? 'unknown'}` : `client:${caller.client}`;
  }

  /** One account for all routes: a client's requests a minute, wherever they go. */
  protected override generateKey(_context: unknown, tracker: string, name: string): string {
    return `${name}:${tracker}`;
  }
}

/** A guard that lets every client make `ratePerMinute` requests a minute; counted in this process. `close` ends its timers. */
export async function clientThrottler(
  ratePerMinute: number,
): Promise<{ readonly guard: CanActivate; readonly close: () => void }> {
  const storage = new ThrottlerStorageService();
  const guard = new ClientThrottlerGuard([{ ttl: minuteMs, limit: ratePerMinute }], storage, new Reflector());
  await guard.onModuleInit();
  return { guard, close: () => storage.onApplicationShutdown() };
}
