import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { defaultDays, StatisticsQuery } from '../statistics/statistics.query.js';
import { publisherViewsOf } from './publisher-view-of.js';
import { PublishersView } from './publisher-view.js';

const dayMs = 86_400_000;

/** What became of other teams' events. */
@Controller('publishers')
export class PublisherController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['viewer'],
    summary: 'What became of the events of each publisher: accepted, duplicate, late, rejected by reason',
    answers: { 200: { description: 'By publisher and type.', body: PublishersView } },
    problems: ['invalid_parameters', 'database_unavailable'],
  })
  async publishers(@Query() { days = defaultDays }: StatisticsQuery): Promise<PublishersView> {
    const from = new Date(this.parts.clock.now().getTime() - (days - 1) * dayMs);
    const fromDay = from.toISOString().slice(0, 10);
    const figures = await this.parts.publisherRecord.countSince(fromDay);
    return { period_days: days, from_day: fromDay, publishers: publisherViewsOf(figures) };
  }
}
