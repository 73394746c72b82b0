import type { AuditEntry, AuditLog } from '@earlybird/core';
import { after } from '../builders/instant.js';

/** An empty audit log. */
export interface AuditLogUnderTest {
  readonly audit: AuditLog;
  close(): Promise<void>;
}

/** What every AuditLog promises. */
export function auditLogContract(name: string, make: () => Promise<AuditLogUnderTest>): void {
  describe(`${name} keeps the contract of the audit log`, () => {
    let under: AuditLogUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    const entries: readonly AuditEntry[] = [
      {
        at: after(1),
        by: 'asha',
        action: 'template_saved',
        subject: 'churn_risk/en/2',
        details: { published: false, version: 2 },
      },
      { at: after(2), by: 'ravi', action: 'template_published', subject: 'churn_risk/en/2' },
      { at: after(3), by: 'asha', action: 'recipient_erased', subject: '+91******3210', details: { notifications: 3 } },
    ];

    it('gives back what was recorded, newest first', async () => {
      for (const entry of entries) await under.audit.record(entry);
      expect(await under.audit.list({ limit: 10 })).toStrictEqual([...entries].reverse());
    });

    it('finds by action, by who and before a moment, no more than asked for', async () => {
      const subjects = async (query: Omit<Parameters<AuditLog['list']>[0], 'limit'>, limit = 10) =>
        (await under.audit.list({ ...query, limit })).map(({ at }) => at.getTime() - after(0).getTime());
      expect(await subjects({ action: 'template_published' })).toEqual([2]);
      expect(await subjects({ by: 'asha' })).toEqual([3, 1]);
      expect(await subjects({ before: after(3) })).toEqual([2, 1]);
      expect(await subjects({ by: 'asha', before: after(3) })).toEqual([1]);
      expect(await subjects({}, 1)).toEqual([3]);
    });
  });
}
