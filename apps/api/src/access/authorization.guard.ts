import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Request } from 'express';
import { Problem } from '../problem/problem.js';
import { authenticationOf } from './caller.js';
import { NeededRoles, type Openness } from './needed-roles.js';
import { allows } from './role.js';

/** The last guard: lets a request through to its handler when the token has a role for it. A handler without any is closed. */
@Injectable()
export class AuthorizationGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const needed: Openness | undefined = this.reflector.get(NeededRoles, context.getHandler());
    if (needed === 'open') return true;
    if (needed === undefined) throw new Problem('internal_error', 'A handler names no roles.');
    const authentication = authenticationOf(context.switchToHttp().getRequest<Request>());
    if (authentication === undefined) throw new Problem('internal_error', 'No token was looked at.');
    if (!authentication.ok) throw authentication.problem;
    const { roles } = authentication.caller;
    if (!allows(roles, needed)) throw new Problem('role_missing', forbidden(roles, needed));
    return true;
  }
}

function forbidden(roles: readonly string[], needed: readonly string[]): string {
  return `Needed: ${needed.join(' or ')}. The token has ${roles.length === 0 ? 'none' : roles.join(', ')}.`;
}
