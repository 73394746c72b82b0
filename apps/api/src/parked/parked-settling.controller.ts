import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { type AuditAction, type CommandRecord } from '@earlybird/core';
import { type Request, type Response } from 'express';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { askWorker, type CommandGiver } from '../command/ask-worker.js';
import { CommandView } from '../command/command-view.js';
import { unanswered } from '../command/unanswered.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { traceOf } from '../http/trace-requests.js';
import { Problem } from '../problem/problem.js';
import { ParkedIdsBody } from './parked-ids.js';
import { ParkedPurgeView, ParkedReplayView } from './parked-view.js';

const problems = [
  'unreadable_body',
  'parked_event_not_found',
  'body_too_large',
  'unsupported_media_type',
  'invalid_fields',
  'command_failed',
  'database_unavailable',
  'broker_unavailable',
] as const;

const later = { description: 'The worker has not answered within 10 seconds: look at the command.', body: CommandView };

/** What a person does with parked events. */
@Controller('parked')
export class ParkedSettlingController {
  private readonly ask: ReturnType<typeof askWorker>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.ask = askWorker(parts);
  }

  @Post('replay')
  @Endpoint({
    roles: ['operator'],
    summary: "Put parked events back into the events' queue",
    description: 'They are read once more as if they had just come. What is still wrong is parked again.',
    answers: { 200: { description: 'They are on their way.', body: ParkedReplayView }, 202: later },
    problems,
  })
  async replay(
    @Body() body: ParkedIdsBody,
    @Caller() { client }: CallerIdentity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ParkedReplayView | CommandView> {
    const record = await this.carryOut('replay_parked', 'parked_event_replayed', body, { client, ...traceOf(request) });
    if (record.answer?.kind !== 'done') return unanswered(record, response);
    const { replayed = 0, skipped = 0 } = record.answer.figures;
    return { replayed, skipped };
  }

  @Post('purge')
  @Endpoint({
    roles: ['admin'],
    summary: 'Delete parked events for good: body and envelope; that they were there stays on record',
    answers: { 200: { description: 'They are deleted.', body: ParkedPurgeView }, 202: later },
    problems,
  })
  async purge(
    @Body() body: ParkedIdsBody,
    @Caller() { client }: CallerIdentity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ParkedPurgeView | CommandView> {
    const record = await this.carryOut('purge_parked', 'parked_event_purged', body, { client, ...traceOf(request) });
    if (record.answer?.kind !== 'done') return unanswered(record, response);
    const { purged = 0, skipped = 0 } = record.answer.figures;
    return { purged, skipped };
  }

  private async carryOut(
    kind: 'replay_parked' | 'purge_parked',
    action: AuditAction,
    body: ParkedIdsBody,
    giver: CommandGiver,
  ): Promise<CommandRecord> {
    const ids = [...new Set(body.ids)];
    await this.refuseStrangers(ids);
    const note = body.note === undefined ? {} : { note: body.note };
    return this.ask({ kind, ids }, giver, (command) =>
      ids.map((subject) => ({ action, subject, details: { command, ...note } })),
    );
  }

  private async refuseStrangers(ids: readonly string[]): Promise<void> {
    const known = new Set((await this.parts.parkedEvents.findAll(ids)).map(({ id }) => id));
    const strangers = ids.filter((id) => !known.has(id));
    if (strangers.length > 0)
      throw new Problem('parked_event_not_found', `There is no parked event ${strangers.join(', ')}.`);
  }
}
