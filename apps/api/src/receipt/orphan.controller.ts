import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type Receipt } from '@earlybird/core';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { OrphanPageView, type OrphanView } from './orphan-view.js';
import { OrphanQuery } from './orphan.query.js';

const defaultLimit = 20;

/** Receipts without a message. */
@Controller('receipts/orphans')
export class OrphanController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['viewer'],
    summary: 'Receipts whose message nobody knows (yet); kept for 90 days',
    answers: { 200: { description: 'One page, newest first.', body: OrphanPageView } },
    problems: ['invalid_parameters', 'database_unavailable'],
  })
  async list(@Query() { message_id, before, limit = defaultLimit }: OrphanQuery): Promise<OrphanPageView> {
    const found = await this.parts.orphans.list({
      ...(message_id === undefined ? {} : { providerMessageId: message_id }),
      ...(before === undefined ? {} : { before }),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next = found.length > limit ? last?.receivedAt.toISOString() : undefined;
    return { receipts: page.map(viewOf), count: page.length, next_before: next };
  }
}

function viewOf({ providerMessageId, status, at, receivedAt, errorCode, reference }: Receipt): OrphanView {
  return {
    message_id: providerMessageId,
    status,
    timestamp: at.toISOString(),
    received_at: receivedAt.toISOString(),
    error_code: errorCode,
    notification_id: reference?.notificationId,
  };
}
