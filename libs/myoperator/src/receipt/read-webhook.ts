import { type Receipt } from '@earlybird/core';
import { readReport } from './read-report.js';
import { type InboundMessage, type UnreadableReport, type WebhookReading } from './webhook-reading.js';

/**
 * Reads the body of one call of the webhook: one report, or a list of them. Nothing in it makes this throw; a report that cannot
 * be read is named and does not keep the others from being read.
 *
 * @param body parsed JSON
 */
export function readWebhook(body: unknown, receivedAt: Date): WebhookReading {
  const reports: readonly unknown[] = Array.isArray(body) ? body : [body];
  const receipts: Receipt[] = [];
  const inbound: InboundMessage[] = [];
  const unreadable: UnreadableReport[] = [];
  let ignored = 0;
  for (const [index, one] of reports.entries()) {
    const report = readReport(one, receivedAt);
    switch (report.kind) {
      case 'receipt':
        receipts.push(report.receipt);
        break;
      case 'inbound':
        inbound.push(report.message);
        break;
      case 'ignored':
        ignored += 1;
        break;
      case 'unreadable':
        unreadable.push({ index, problem: report.problem });
        break;
    }
  }
  return { receipts, inbound, ignored, unreadable };
}
