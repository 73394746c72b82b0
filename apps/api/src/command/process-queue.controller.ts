import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { traceOf } from '../http/trace-requests.js';
import { askWorker } from './ask-worker.js';
import { CommandView } from './command-view.js';
import { ProcessQueueBody } from './process-queue.body.js';
import { ProcessQueueView } from './process-queue-view.js';
import { unanswered } from './unanswered.js';

/** Retries that are due later, now. */
@Controller('process-queue')
export class ProcessQueueController {
  private readonly ask: ReturnType<typeof askWorker>;

  constructor(@Inject(Parts) parts: ApiParts) {
    this.ask = askWorker(parts);
  }

  @Post()
  @Endpoint({
    roles: ['operator'],
    summary: 'Let everything go on now that waits for its next attempt, and what is due',
    description:
      'Releases the retry queues of both lanes, and scheduled messages whose moment has come. What the provider told to wait keeps waiting.',
    answers: {
      200: { description: 'It goes on.', body: ProcessQueueView },
      202: { description: 'The worker has not answered within 10 seconds: look at the command.', body: CommandView },
    },
    problems: [
      'unreadable_body',
      'provider_halted',
      'body_too_large',
      'unsupported_media_type',
      'invalid_fields',
      'command_failed',
      'database_unavailable',
      'broker_unavailable',
    ],
  })
  async process(
    @Body() { note }: ProcessQueueBody,
    @Caller() { client }: CallerIdentity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProcessQueueView | CommandView> {
    const details = note === undefined ? {} : { details: { note } };
    const record = await this.ask({ kind: 'release_waiting' }, { client, ...traceOf(request) }, (subject) => [
      { action: 'queue_processed', subject, ...details },
    ]);
    if (record.answer?.kind !== 'done') return unanswered(record, response);
    const { released = 0, scheduledReleased = 0 } = record.answer.figures;
    return { processed: released + scheduledReleased, released, scheduled_released: scheduledReleased };
  }
}
