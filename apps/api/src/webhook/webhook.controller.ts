import { Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiBasicAuth, ApiBody, ApiSecurity } from '@nestjs/swagger';
import { recordInbound } from '@earlybird/core';
import { type Request } from 'express';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { traceOf } from '../http/trace-requests.js';
import { type FieldIssue, Problem } from '../problem/problem.js';
import { WebhookAnswer } from './webhook-answer.js';
import { isProven } from './webhook-credentials.js';
import { type WebhookReading } from './webhook-reading.js';

/** What MyOperator reports. */
@Controller('webhooks/myoperator')
export class WebhookController {
  private readonly recordInbound: ReturnType<typeof recordInbound>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.recordInbound = recordInbound(parts);
  }

  @Post()
  @ApiSecurity('webhook-key')
  @ApiSecurity('webhook-signature')
  @ApiBasicAuth()
  @ApiBody({
    description: 'One report or a list of them, at most 1 MB.',
    schema: { oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }] },
    examples: {
      receipt: { value: { message_id: 'msg-xyz', status: 'delivered', timestamp: '2026-01-27T10:31:00Z' } },
    },
  })
  @Endpoint({
    roles: 'open',
    summary: 'Takes receipts and inbound messages of MyOperator',
    description:
      'Proves itself by X-Api-Key, by HTTP Basic, or by the HMAC-SHA256 of the raw body in X-MyOperator-Signature. Answered once RabbitMQ has confirmed every receipt and every inbound message is on record; otherwise 503, so that MyOperator repeats the call.',
    answers: { 200: { description: 'Every receipt is safe.', body: WebhookAnswer } },
    problems: [
      'unreadable_body',
      'invalid_receipt',
      'credentials_wrong',
      'body_too_large',
      'broker_unavailable',
      'database_unavailable',
    ],
    unlimited: true,
  })
  async take(@Req() request: Request): Promise<WebhookAnswer> {
    const rawBody = rawBodyOf(request);
    this.checkCredentials(request, rawBody);
    const { receipts, inbound, ignored, unreadable } = this.read(rawBody);
    await Promise.all([
      ...receipts.map((receipt) => this.parts.receiptQueue.enqueue(receipt, traceOf(request))),
      ...inbound.map((message) => this.recordInbound(message)),
    ]);
    return { status: 'accepted', received: receipts.length + inbound.length, ignored, unreadable: unreadable.length };
  }

  private checkCredentials(request: Request, rawBody: Uint8Array): void {
    const proof = {
      apiKey: request.get('X-Api-Key'),
      authorization: request.get('Authorization'),
      signature: request.get('X-MyOperator-Signature'),
      rawBody,
    };
    if (!isProven(proof, this.parts.webhook)) throw this.refused('credentials_wrong', 'See the webhook settings.');
  }

  /** What can be read is taken: MyOperator would repeat the whole list for the one report that never will be. */
  private read(rawBody: Uint8Array): WebhookReading {
    const body = jsonOf(rawBody);
    if (body === undefined) throw this.refused('unreadable_body', 'The body is no JSON in UTF-8.');
    const reading = this.parts.readWebhook(body, this.parts.clock.now());
    const { unreadable } = reading;
    const issues = unreadable.map(({ index, problem }) => ({ field: `[${index}]`, message: problem }));
    if (unreadable.length === 0) return reading;
    const problem = this.refused('invalid_receipt', 'Nothing in the body can be read as a report.', issues);
    if (reading.receipts.length + reading.inbound.length + reading.ignored === 0) throw problem;
    return reading;
  }

  private refused(
    code: 'credentials_wrong' | 'unreadable_body' | 'invalid_receipt',
    detail: string,
    issues?: readonly FieldIssue[],
  ): Problem {
    this.parts.log.event('webhook_refused', { reason: code, detail: issues?.[0]?.message });
    this.parts.metrics.count('webhook_refusals_total', { reason: code });
    return new Problem(code, detail, issues === undefined ? {} : { issues });
  }
}

function rawBodyOf(request: Request): Uint8Array {
  const body: unknown = request.body;
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)) as unknown;
  } catch {
    return undefined;
  }
}
