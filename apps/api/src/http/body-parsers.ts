import { type NestExpressApplication } from '@nestjs/platform-express';
import { type IncomingMessage } from 'node:http';
import { webhookPath } from '../paths.js';

/** Requests of ours are a few kilobytes; MyOperator may report many receipts at once (rest-api.md). */
const limits = { body: '64kb', webhook: '1mb' } as const;

/** JSON for everyone; for the webhook the raw body, because its signature covers the bytes. */
export function useBodyParsers(app: NestExpressApplication): void {
  app.useBodyParser('raw', { limit: limits.webhook, type: isWebhook });
  app.useBodyParser('json', {
    limit: limits.body,
    type: (request) => takesBody(request) && !isWebhook(request) && isJson(request),
  });
}

/** A body of GET or DELETE means nothing (RFC 9110) and is not looked at. */
export function takesBody({ method = '' }: Pick<IncomingMessage, 'method'>): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

function isWebhook({ url = '' }: IncomingMessage): boolean {
  return url.split('?')[0] === webhookPath;
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}
