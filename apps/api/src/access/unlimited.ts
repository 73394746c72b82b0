import { Reflector } from '@nestjs/core';

/** Says on a handler that the rate limit does not count it. */
export const Unlimited = Reflector.createDecorator<boolean>();
