import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { Problem } from '../problem/problem.js';
import { type Authentication, rememberAuthentication } from './caller.js';
import { type TokenVerifier } from './token-verifier.js';

/**
 * The first guard: finds out who calls and refuses nobody, so that the rate limit behind it counts good tokens by client and
 * everything else by address. The authorization guard draws the consequence.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly verify: TokenVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    rememberAuthentication(request, await this.authenticate(request));
    return true;
  }

  private async authenticate(request: Request): Promise<Authentication> {
    const token = /^Bearer +(\S+) *$/i.exec(request.get('Authorization') ?? '')?.[1];
    if (token === undefined) return { ok: false, problem: missing() };
    try {
      return { ok: true, caller: await this.verify(token) };
    } catch (error) {
      if (error instanceof Problem) return { ok: false, problem: error };
      throw error;
    }
  }
}

function missing(): Problem {
  return new Problem('token_missing', 'Send the header Authorization: Bearer <token>.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}
