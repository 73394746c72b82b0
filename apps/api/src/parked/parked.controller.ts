import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { cursorOf, placeOf } from '../history/cursor.js';
import { Problem } from '../problem/problem.js';
import { ParkedParams } from './parked-ids.js';
import { parkedViewOf } from './parked-view-of.js';
import { ParkedPageView, ParkedView } from './parked-view.js';
import { ParkedQuery } from './parked.query.js';

const defaultLimit = 20;

/** Events that were set aside for a person: unreadable, invalid, poison. */
@Controller('parked')
export class ParkedController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['operator'],
    summary: 'Events that were set aside for a person, with reason, headers and masked body',
    answers: { 200: { description: 'One page, newest first.', body: ParkedPageView } },
    problems: ['invalid_parameters', 'invalid_cursor', 'database_unavailable'],
  })
  async list(@Query() { limit = defaultLimit, cursor, ...given }: ParkedQuery): Promise<ParkedPageView> {
    const filter = { settled: given.state === 'settled', ...given };
    const place = cursor === undefined ? undefined : placeOf(cursor, filter);
    const found = await this.parts.parkedEvents.list({
      settled: filter.settled,
      ...(given.reason === undefined ? {} : { reason: given.reason }),
      ...(given.publisher === undefined ? {} : { publisher: given.publisher }),
      ...(place === undefined ? {} : { after: { parkedAt: place.createdAt, id: place.id } }),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      events: page.map((parked) => parkedViewOf(parked, this.parts.parkedHeaders)),
      count: page.length,
      ...(last === undefined ? {} : { next: cursorOf({ createdAt: last.parkedAt, id: last.id }, filter) }),
    };
  }

  @Get(':id')
  @Endpoint({
    roles: ['operator'],
    summary: 'One parked event',
    answers: { 200: { description: 'With reason, headers and masked body.', body: ParkedView } },
    problems: ['invalid_parameters', 'parked_event_not_found', 'database_unavailable'],
  })
  async show(@Param() { id }: ParkedParams): Promise<ParkedView> {
    const [parked] = await this.parts.parkedEvents.findAll([id]);
    if (parked === undefined) throw new Problem('parked_event_not_found', `There is no parked event ${id}.`);
    return parkedViewOf(parked, this.parts.parkedHeaders);
  }
}
