import { types } from 'node:util';

/** An error in one line for an operator: the innermost words, for outer ones often say no more than "failed". */
export function reasonOf(cause: unknown): string {
  if (typeof cause === 'string' && cause !== '') return cause;
  if (!types.isNativeError(cause)) return 'closed';
  if ('errors' in cause && Array.isArray(cause.errors) && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (cause.message !== '') return cause.message;
  return cause.cause === undefined ? cause.name : reasonOf(cause.cause);
}

/** Host, port and vhost of an AMQP address, without user and password. */
export function addressOf(url: string): string {
  const { protocol, hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || (protocol === 'amqps:' ? '5671' : '5672')}${pathname}`;
}
