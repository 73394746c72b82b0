import { PlainError } from '../plain-error.js';

/** Throws PlainError when there is none. */
export function demandManagementUrl(url: string | undefined): asserts url is string {
  if (url === undefined) throw new PlainError('RABBITMQ_MANAGEMENT_URL is missing: http://ADMIN:PASSWORD@HOST:15672');
}
