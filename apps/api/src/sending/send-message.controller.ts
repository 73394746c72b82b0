import { Body, Controller, Headers, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { awaitOutcome, type Notification, requestNotification } from '@earlybird/core';
import { type Request, type Response } from 'express';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { correlationIdOf } from '../http/correlation-id.js';
import { traceOf } from '../http/trace-requests.js';
import { MessageView } from '../message/message-view.js';
import { messageViewOf } from '../message/message-view-of.js';
import { Problem } from '../problem/problem.js';
import { idempotencyKeyIn } from './idempotency-key.js';
import { SendMessageBody } from './send-message.body.js';

/** Requests over REST. */
@Controller('send-message')
export class SendMessageController {
  private readonly request: ReturnType<typeof requestNotification>;
  private readonly outcomeOf: ReturnType<typeof awaitOutcome>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.request = requestNotification(parts);
    this.outcomeOf = awaitOutcome(parts);
  }

  @Post()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Makes the request safe to repeat: the same key from the same client sends once.',
    example: 'order_123-confirmation',
  })
  @ApiHeader({
    name: 'traceparent',
    required: false,
    description: 'W3C trace context; whatever follows from the request belongs to its trace.',
    example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  })
  @Endpoint({
    roles: ['sender'],
    summary: 'Send a message to one recipient',
    description:
      'With `immediate: true` the answer waits for the outcome, at most 10 seconds; otherwise it comes at once. The template that is published when the message leaves is what counts.',
    answers: {
      200: { description: 'There is an outcome: see `status`.', body: MessageView },
      202: { description: 'The message is on its way; look at it with GET /messages/{id}.', body: MessageView },
    },
    problems: [
      'unreadable_body',
      'invalid_parameters',
      'idempotency_conflict',
      'body_too_large',
      'unsupported_media_type',
      'invalid_fields',
      'database_unavailable',
    ],
  })
  async send(
    @Body() body: SendMessageBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Caller() { client }: CallerIdentity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MessageView> {
    const key = idempotencyKeyIn(idempotencyKey);
    const result = await this.request({
      ...requestOf(body),
      client,
      idempotencyKey: key,
      correlationId: correlationIdOf(request),
      ...traceOf(request),
    });
    switch (result.kind) {
      case 'invalid':
        throw new Problem('invalid_fields', 'The message cannot be sent like this.', { issues: result.issues });
      case 'conflict':
        throw new Problem(
          'idempotency_conflict',
          `The key belongs to message ${result.notification.id}, with another body.`,
          {
            members: { message_id: result.notification.id },
          },
        );
      case 'repeated':
        response.set('Idempotent-Replayed', 'true');
        break;
      case 'created':
    }
    const { notification } = result;
    const latest = notification.immediate
      ? await this.outcomeOf(notification, this.parts.immediateWaitMs)
      : notification;
    response.status(isOnItsWay(latest) ? 202 : 200);
    return messageViewOf(latest, result.text);
  }
}

function requestOf({ phone, message_type, context, ...optional }: SendMessageBody) {
  const { reference_id, user_id, immediate, language, send_at, valid_until } = optional;
  return {
    phone,
    messageType: message_type,
    context,
    ...(reference_id === undefined ? {} : { referenceId: reference_id }),
    ...(user_id === undefined ? {} : { userId: user_id }),
    ...(immediate === undefined ? {} : { immediate }),
    ...(language === undefined ? {} : { language }),
    ...(send_at === undefined ? {} : { sendAt: send_at }),
    ...(valid_until === undefined ? {} : { validUntil: valid_until }),
  };
}

/** Whatever still has to come to something: a retry in five minutes is an outcome, a place in a queue is none. */
function isOnItsWay({ status }: Notification): boolean {
  return status === 'queued' || status === 'sending' || status === 'scheduled';
}
