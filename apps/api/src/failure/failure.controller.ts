import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { dismissFailures, type FailureSelection, groupFailures, restoreFailures } from '@earlybird/core';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { deedOf } from '../message/deed-of.js';
import { failureGroupOf } from './failure-group-id.js';
import { failureGroupViewOf } from './failure-view-of.js';
import { FailuresView, SettledView } from './failure-view.js';
import { FailureQuery } from './failure.query.js';
import { SettleBody } from './settle.body.js';

/** A week: what is older was seen, or will not be. */
const defaultWindowMs = 7 * 86_400_000;
/** More than anybody would look through; the answer says when there are more (rest-api.md). */
const mostLookedAt = 50_000;

const settling = {
  roles: ['operator'],
  answers: { 200: { description: 'How many were changed.', body: SettledView } },
  problems: ['unreadable_body', 'body_too_large', 'unsupported_media_type', 'invalid_fields', 'database_unavailable'],
} as const;

/** What failed, as a place to work. */
@Controller('failures')
export class FailureController {
  private readonly dismissAll: ReturnType<typeof dismissFailures>;
  private readonly restoreAll: ReturnType<typeof restoreFailures>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.dismissAll = dismissFailures(parts);
    this.restoreAll = restoreFailures(parts);
  }

  @Get()
  @Endpoint({
    roles: ['viewer'],
    summary: 'What failed or is in doubt and nobody has settled, grouped by cause and type',
    description: 'Settled are those that were resent, resolved or dismissed.',
    answers: { 200: { description: 'The groups, the greatest first.', body: FailuresView } },
    problems: ['invalid_parameters', 'database_unavailable'],
  })
  async list(@Query() { message_type, ...time }: FailureQuery): Promise<FailuresView> {
    const window = this.window(time);
    const found = await this.parts.failures.find({ ...window, settled: 'open' });
    const wanted = message_type === undefined ? found : found.filter((one) => one.messageType === message_type);
    return {
      from: window.from.toISOString(),
      to: window.to.toISOString(),
      count: wanted.length,
      looked_at: found.length,
      complete: found.length < mostLookedAt,
      groups: groupFailures(wanted).map(failureGroupViewOf),
    };
  }

  @Post('dismiss')
  @Endpoint({ ...settling, summary: 'Mark failures as seen and settled' })
  async dismiss(@Body() body: SettleBody, @Caller() caller: CallerIdentity): Promise<SettledView> {
    const count = await this.dismissAll(this.selection(body), deedOf(caller, body));
    this.parts.log.event('admin_action', { client: caller.client, action: 'dismiss failures', count });
    return { count };
  }

  @Post('restore')
  @Endpoint({ ...settling, summary: 'Take the dismissal of failures back' })
  async restore(@Body() body: SettleBody, @Caller() caller: CallerIdentity): Promise<SettledView> {
    const count = await this.restoreAll(this.selection(body), deedOf(caller, body));
    this.parts.log.event('admin_action', { client: caller.client, action: 'restore failures', count });
    return { count };
  }

  private selection({ ids = [], group, ...time }: SettleBody): FailureSelection {
    const key = group === undefined ? undefined : failureGroupOf(group);
    return key === undefined ? { ids } : { ...key, ...this.window(time) };
  }

  private window({ from, to = this.parts.clock.now() }: { readonly from?: Date; readonly to?: Date }) {
    return { from: from ?? new Date(to.getTime() - defaultWindowMs), to, most: mostLookedAt };
  }
}
