import { Body, Controller, Headers, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import {
  cancelReplay,
  countReplay,
  giveCommand,
  isLostInfrastructure,
  replayFilterOf,
  startReplay,
  sumOfFates,
} from '@earlybird/core';
import { type Request, type Response } from 'express';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { traceOf } from '../http/trace-requests.js';
import { deedOf } from '../message/deed-of.js';
import { DeedBody } from '../message/deed.body.js';
import { Problem } from '../problem/problem.js';
import { idempotencyKeyIn } from '../sending/idempotency-key.js';
import { paceOf, selectionOf } from './replay-request-of.js';
import { replayFilterViewOf, replayViewOf } from './replay-view-of.js';
import { ReplayForecastView, ReplayView } from './replay-view.js';
import { ReplayBody } from './replay.body.js';
import { ReplayParams } from './replay.params.js';

/** As many as the list of failures looks at: half a minute of work for api and database. */
const mostCounted = 50_000;

const bodyProblems = ['unreadable_body', 'body_too_large', 'unsupported_media_type', 'invalid_fields'] as const;

/** Resends of many, by filter. */
@Controller('replays')
export class ReplayController {
  private readonly count: ReturnType<typeof countReplay>;
  private readonly begin: ReturnType<typeof startReplay>;
  private readonly end: ReturnType<typeof cancelReplay>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.count = countReplay(parts);
    this.begin = startReplay(parts);
    this.end = cancelReplay(parts);
  }

  @Post()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Makes the request safe to repeat: the same key from the same client starts one replay.',
    example: 'outage-of-monday',
  })
  @Endpoint({
    roles: ['operator'],
    summary: 'Resend what failed, by filter; or count what that would do',
    description:
      'With `dry_run: true` the answer counts what would become of each message, and nothing is changed. A real run is carried out by the worker, the oldest message first, at the rate that is asked for; it never resends twice, never extends validity, asks every recipient’s settings anew, and stops by itself when too much fails again. Watch it with GET /replays/{id}.',
    answers: {
      200: { description: 'A dry run: what would become of each message.', body: ReplayForecastView },
      202: { description: 'The replay is on record; a worker begins within seconds.', body: ReplayView },
    },
    problems: ['invalid_parameters', 'idempotency_conflict', ...bodyProblems, 'database_unavailable'],
  })
  async replay(
    @Body() body: ReplayBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Caller() caller: CallerIdentity,
    @Req() httpRequest: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReplayForecastView | ReplayView> {
    const key = idempotencyKey === undefined ? {} : { idempotencyKey: idempotencyKeyIn(idempotencyKey) };
    if (body.dry_run === true) return this.forecast(body);
    const request = { selection: selectionOf(body), pace: paceOf(body), ...deedOf(caller, body), ...key };
    const { kind, replay } = await this.begin(request);
    this.parts.log.event('admin_action', {
      client: caller.client,
      action: 'start replay',
      replayId: replay.id,
      result: kind,
    });
    if (kind === 'conflict')
      throw new Problem('idempotency_conflict', `The key belongs to ${replay.id}, with another body.`, {
        members: { replay_id: replay.id },
      });
    if (kind === 'repeated') response.set('Idempotent-Replayed', 'true');
    else await this.wakeWorkers(caller.client, traceOf(httpRequest));
    response.status(202);
    return replayViewOf(replay);
  }

  @Post(':id/cancel')
  @Endpoint({
    roles: ['operator'],
    summary: 'End a running replay; what it has resent stays resent',
    answers: { 200: { description: 'It is cancelled.', body: ReplayView } },
    problems: ['invalid_parameters', 'replay_not_found', 'replay_ended', ...bodyProblems, 'database_unavailable'],
  })
  async cancel(
    @Param() { id }: ReplayParams,
    @Body() body: DeedBody,
    @Caller() caller: CallerIdentity,
  ): Promise<ReplayView> {
    const result = await this.end(id, deedOf(caller, body));
    this.parts.log.event('admin_action', {
      client: caller.client,
      action: 'cancel replay',
      replayId: id,
      result: result.kind,
    });
    switch (result.kind) {
      case 'cancelled':
        return replayViewOf(result.replay);
      case 'not_found':
        throw new Problem('replay_not_found', `There is no replay ${id}.`);
      case 'ended':
        throw new Problem('replay_ended', `It is ${result.replay.state} already.`, {
          members: { replay_state: result.replay.state },
        });
    }
  }

  /** Only to begin at once: a worker looks for replays by itself every few seconds, so that a broker that is away costs a moment. */
  private async wakeWorkers(client: string, trail: ReturnType<typeof traceOf>): Promise<void> {
    try {
      await giveCommand(this.parts)({ kind: 'wake_replays' }, client, trail);
    } catch (error) {
      if (!isLostInfrastructure(error)) throw error;
    }
  }

  private async forecast(body: ReplayBody): Promise<ReplayForecastView> {
    const filter = replayFilterOf(selectionOf(body), this.parts.clock.now());
    const { counts, lookedAt, isComplete } = await this.count(filter, mostCounted);
    return {
      dry_run: true,
      filter: replayFilterViewOf(filter),
      matched: sumOfFates(counts),
      looked_at: lookedAt,
      complete: isComplete,
      counts,
      eta_seconds: Math.ceil(counts.eligible / paceOf(body).ratePerSecond),
    };
  }
}
