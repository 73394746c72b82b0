import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { HistoryPageView } from './history-page.js';
import { searchHistory } from './search-history.js';
import { UnknownQuery } from './unknown.query.js';

const hourMs = 3_600_000;

/** Messages of which nobody knows whether they arrived. */
@Controller('unknown')
export class UnknownController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['viewer'],
    summary: 'The messages in doubt: those that wait for a receipt or a person',
    answers: { 200: { description: 'One page, newest first.', body: HistoryPageView } },
    problems: ['invalid_parameters', 'invalid_cursor', 'database_unavailable'],
  })
  list(@Query() { older_than_hours: hours, ...page }: UnknownQuery): Promise<HistoryPageView> {
    const now = this.parts.clock.now();
    const query = { ...page, status: 'unknown' };
    return searchHistory(this.parts.history, query, {
      now,
      ...(hours === undefined ? {} : { olderThan: { hours, moment: new Date(now.getTime() - hours * hourMs) } }),
    });
  }
}
