import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';
import { Problem } from '../problem/problem.js';
import { type Role } from './role.js';

/** Who calls, as the verified token says. */
export interface CallerIdentity {
  /** The token's subject. */
  readonly client: string;
  readonly roles: readonly Role[];
}

/** What became of a request's token. */
export type Authentication =
  { readonly ok: true; readonly caller: CallerIdentity } | { readonly ok: false; readonly problem: Problem };

const authentications = new WeakMap<Request, Authentication>();

/** Remembers what a request's token said. */
export function rememberAuthentication(request: Request, authentication: Authentication): void {
  authentications.set(request, authentication);
}

/** What the token of a request said; undefined before it was looked at. */
export function authenticationOf(request: Request): Authentication | undefined {
  return authentications.get(request);
}

/** The caller of a request, when its token was good. */
export function callerOf(request: Request): CallerIdentity | undefined {
  const authentication = authentications.get(request);
  return authentication?.ok === true ? authentication.caller : undefined;
}

/** Parameter of a handler: who calls. Only behind a role. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerIdentity => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  if (caller === undefined) throw new Problem('internal_error', 'A handler asks for its caller but is open to all.');
  return caller;
});
