/** The administrator in definitions that are loaded at boot. */
export const administratorName = 'rabbitmq-admin';

/** The environment variable with the password of an account: `svc-order` → `SVC_ORDER_PASSWORD`. */
export function passwordVariableOf(account: string): string {
  return `${account.toUpperCase().replaceAll('-', '_')}_PASSWORD`;
}
