import { Reflector } from '@nestjs/core';
import { type Role } from './role.js';

/** Open to everybody, or the roles of which the caller needs one. */
export type Openness = 'open' | readonly Role[];

/** Says on a handler who may call it. */
export const NeededRoles = Reflector.createDecorator<Openness>();
