import { Controller, Get, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import { type RequestCount } from '../journal/request-summary.js';
import { Simulator } from '../simulator.js';
import { parseInput } from './parse-input.js';

const text = z.string().min(1).max(256);
const query = z.strictObject({
  recipient: text.optional(),
  notification: text.optional(),
  limit: z.coerce.number().int().min(0).max(10_000).default(100),
});

/** The journal counted, live: what has arrived, what was delivered, what is open at this moment. */
@Controller('requests')
export class RequestsController {
  constructor(@Inject(Simulator) private readonly simulator: Simulator) {}

  /**
   * All requests, those of earlier runs in the same journal included. `by_recipient` and `by_notification` show the `limit` most
   * recent (default 100), or the one that `recipient` or `notification` names; `doubled` shows every notification that its customer
   * has more than once, up to 10,000.
   */
  @Get()
  summary(@Query() given: unknown) {
    const { recipient, notification, limit } = parseInput(query, given);
    const { summary, receipts, run } = this.simulator;
    return {
      run,
      total: { ...summary.total, open: summary.open.size },
      receipts_pending: receipts.pending,
      by_answer: Object.fromEntries(summary.byAnswer),
      by_recipient: view(summary.byRecipient(limit, recipient)),
      by_notification: view(summary.byNotification(limit, notification)),
      doubled: [...summary.doubled].slice(0, 10_000),
      open: [...summary.open.values()].slice(0, limit).map((line) => ({
        request: line.request,
        at: line.at,
        contract: line.contract,
        recipient: line.recipient,
        reference: line.reference,
        notification_id: line.notificationId,
        attempt: line.attempt,
      })),
    };
  }
}

function view(counts: Readonly<Record<string, RequestCount>>) {
  return Object.fromEntries(
    Object.entries(counts).map(([name, { arrived, delivered, open, lastAt }]) => [
      name,
      { arrived, delivered, open, last_at: lastAt },
    ]),
  );
}
