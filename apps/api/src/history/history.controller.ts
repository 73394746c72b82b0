import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { allows } from '../access/role.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { HistoryPageView } from './history-page.js';
import { HistoryQuery, PhoneHistoryQuery, PhoneParams } from './history.query.js';
import { searchHistory } from './search-history.js';

const answers = { 200: { description: 'One page, newest first.', body: HistoryPageView } };
const problems = ['invalid_parameters', 'invalid_cursor', 'database_unavailable'] as const;

/** Searches among all notifications. */
@Controller('history')
export class HistoryController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['viewer', 'sender'],
    summary: 'Search the messages',
    description: 'A sender finds what it sent itself.',
    answers,
    problems,
  })
  search(@Query() query: HistoryQuery, @Caller() caller: CallerIdentity): Promise<HistoryPageView> {
    return searchHistory(this.parts.history, query, this.about(caller));
  }

  @Get(':phone')
  @Endpoint({
    roles: ['viewer', 'sender'],
    summary: 'Search the messages of one phone',
    description: 'A sender finds what it sent itself.',
    answers,
    problems,
  })
  searchOne(
    @Param() { phone }: PhoneParams,
    @Query() query: PhoneHistoryQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<HistoryPageView> {
    return searchHistory(this.parts.history, { ...query, phone }, this.about(caller));
  }

  private about(caller: CallerIdentity): { readonly now: Date; readonly requestedBy?: string } {
    const now = this.parts.clock.now();
    return allows(caller.roles, ['viewer']) ? { now } : { now, requestedBy: caller.client };
  }
}
