import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { Remembered } from './remembered.js';
import { statisticsViewOf } from './statistics-view-of.js';
import { StatisticsView } from './statistics-view.js';
import { defaultDays, StatisticsQuery } from './statistics.query.js';

const dayMs = 86_400_000;
/** Together with the age of the figures themselves less than the 60 s that are promised. */
const rememberedMs = 20_000;

/** Figures of what was sent. */
@Controller('statistics')
export class StatisticsController {
  private readonly remembered: Remembered<StatisticsView>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.remembered = new Remembered(rememberedMs, () => parts.clock.steadyMs());
  }

  @Get()
  @Endpoint({
    roles: ['viewer'],
    summary: 'How much was sent, delivered, read and failed: as a whole, per type and per day',
    description:
      'Of the messages created in the last so many times 24 hours, by where they stand now. A resend counts as a message of its own.',
    answers: { 200: { description: 'The figures, at most 60 seconds old.', body: StatisticsView } },
    problems: ['invalid_parameters', 'database_unavailable'],
  })
  statistics(@Query() { days = defaultDays }: StatisticsQuery): Promise<StatisticsView> {
    return this.remembered.get(days, async () => {
      const from = new Date(this.parts.clock.now().getTime() - days * dayMs);
      return statisticsViewOf(await this.parts.statistics.countSince(from), from, days);
    });
  }
}
