import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { cursorOf, placeOf } from '../history/cursor.js';
import { Problem } from '../problem/problem.js';
import { replayDetailOf, replayViewOf } from './replay-view-of.js';
import { ReplayDetailView, ReplayPageView } from './replay-view.js';
import { ReplayParams } from './replay.params.js';
import { ReplayListQuery } from './replay.query.js';

const defaultLimit = 20;

/** How replays stand. */
@Controller('replays')
export class ReplayReadingController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['viewer'],
    summary: 'Replays, newest first',
    answers: { 200: { description: 'One page.', body: ReplayPageView } },
    problems: ['invalid_parameters', 'invalid_cursor', 'database_unavailable'],
  })
  async list(@Query() { state, limit = defaultLimit, cursor }: ReplayListQuery): Promise<ReplayPageView> {
    const query = { list: 'replays', state };
    const found = await this.parts.replays.list({
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { after: placeOf(cursor, query).id }),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      replays: page.map(replayViewOf),
      count: page.length,
      next: last === undefined ? undefined : cursorOf(last, query),
    };
  }

  @Get(':id')
  @Endpoint({
    roles: ['viewer'],
    summary: 'How a replay stands: counts, rate, how long it will take, and what became of its messages',
    answers: { 200: { description: 'The replay.', body: ReplayDetailView } },
    problems: ['invalid_parameters', 'replay_not_found', 'database_unavailable'],
  })
  async one(@Param() { id }: ReplayParams): Promise<ReplayDetailView> {
    const replay = await this.parts.replays.find(id);
    if (replay === undefined) throw new Problem('replay_not_found', `There is no replay ${id}.`);
    return replayDetailOf(replay, await this.parts.replayLog.statusesOf(id));
  }
}
