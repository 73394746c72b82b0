import { AxiosError, AxiosHeaders } from 'axios';
import { createLogger, type LoggerOptions } from './create-logger.js';
import { type Log } from './log.js';
import { logEvents } from './log-events.js';
import { logFields } from './log-fields.js';
import { NestLogger } from './nest-logger.js';

type Line = Record<string, unknown>;

function captured(options: Partial<LoggerOptions> = {}): { log: Log; text: string[]; lines: () => Line[] } {
  const text: string[] = [];
  const log = createLogger({
    app: 'worker',
    level: 'debug',
    destination: { write: (line) => void text.push(line) },
    ...options,
  });
  return { log, text, lines: () => text.map((line) => JSON.parse(line) as Line) };
}

describe('the log', () => {
  it('writes one line per event with its level, name, fields and wording', () => {
    const { log, lines } = captured();
    log.event('waiting_for_server', { server: 'RabbitMQ', reason: 'ECONNREFUSED', waitMs: 500, waitedMs: 0 });
    expect(lines()).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        app: 'worker',
        event: 'waiting_for_server',
        server: 'RabbitMQ',
        reason: 'ECONNREFUSED',
        waitMs: 500,
        waitedMs: 0,
        msg: 'Waiting for RabbitMQ: ECONNREFUSED (next try in 500 ms)',
      },
    ]);
  });

  it('writes whole milliseconds', () => {
    const { log, lines } = captured();
    log.event('waiting_for_server', { server: 'RabbitMQ', reason: 'ECONNREFUSED', waitMs: 500, waitedMs: 7902.805539 });
    expect(lines()).toMatchObject([{ waitMs: 500, waitedMs: 7903 }]);
  });

  it('writes nothing below its level', () => {
    const { log, text } = captured({ level: 'info' });
    log.event('framework', { message: 'Mapped {/, GET} route' });
    expect(text).toEqual([]);
  });

  it("carries a child's context in every line", () => {
    const { log, lines } = captured();
    log.child({ correlationId: 'c-1', attempt: 2 }).event('framework', { message: 'x' });
    expect(lines()[0]).toMatchObject({ correlationId: 'c-1', attempt: 2, message: 'x' });
  });

  it.each([
    ['+919876543210', '+91******3210'],
    ['no route to +919876543210, sorry', 'no route to +91******3210, sorry'],
    ['GET /history?phone=%2B919876543210', 'GET /history?phone=+91******3210'],
    ['dup key: { phone: "919876543210" }', 'dup key: { phone: "+91******3210" }'],
    ['9876543210', '+91******3210'],
    ['amqp://svc:hush@broker:5672/%2F', 'amqp://[hidden]@broker:5672/%2F'],
    ['wamid.HBgMOTE5ODc2NTQzMjEw', 'wamid.HBgMOTE5ODc2NTQzMjEw'],
    ['1700000000000 ms', '1700000000000 ms'],
    ['2026-01-28T10:31:00.000Z', '2026-01-28T10:31:00.000Z'],
  ])('writes %s as %s', (said, written) => {
    const { log, lines } = captured();
    log.event('framework', { message: said });
    expect(lines()[0]).toMatchObject({ message: written, msg: written });
  });

  it('masks a phone in the context of a child and in an error', () => {
    const { log, text } = captured();
    log.child({ correlationId: '+919876543210' }).event('start_failed', {
      error: new Error('no such +919876543210', { cause: new Error('because of +919876543210') }),
    });
    expect(text.join()).not.toContain('9876543210');
    expect(text.join()).toContain('+91******3210');
  });

  it('hides the secrets that it was told of, wherever they turn up', () => {
    const { log, text } = captured({ secrets: ['s3cr+t.key'] });
    log.event('start_failed', { error: new Error('MyOperator said: key s3cr+t.key is wrong') });
    expect(text.join()).not.toContain('s3cr+t.key');
    expect(text.join()).toContain('key [hidden] is wrong');
  });

  it("keeps of an HTTP client's error its code, status and stack, never the request", () => {
    const config = {
      headers: new AxiosHeaders({ Authorization: 'Bearer token-1' }),
      data: '{"api_secret":"hush","recipient":"+919876543210"}',
      url: 'http://x',
    };
    const response = { status: 401, statusText: '', headers: {}, config, data: { echo: 'body-of-the-answer' } };
    const error = new AxiosError('Request failed with status code 401', 'ERR_BAD_REQUEST', config, {}, response);
    const { log, text, lines } = captured();
    log.event('start_failed', { error });
    expect(lines()[0]?.['error']).toEqual({
      name: 'AxiosError',
      code: 'ERR_BAD_REQUEST',
      message: 'Request failed with status code 401',
      httpStatus: 401,
      stack: expect.stringContaining('    at ') as string,
    });
    expect(text.join()).not.toMatch(/token-1|hush|9876543210|body-of-the-answer/);
  });

  it('survives causes that loop and things that are no errors', () => {
    const loop = new Error('round');
    loop.cause = loop;
    const { log, lines } = captured();
    log.event('start_failed', { error: loop });
    log.event('start_failed', { error: { password: 'hush' } });
    expect(lines()).toHaveLength(2);
    expect(JSON.stringify(lines()[1])).not.toContain('hush');
  });
});

describe('the registry of log events', () => {
  it.each(Object.entries(logEvents))('%s words its message with its own required fields only', (_, event) => {
    const used = [...event.message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(event.fields).toEqual(expect.arrayContaining(used));
  });

  it('uses every field of the glossary', () => {
    const carriedByChildren: readonly string[] = [];
    const used = new Set<string>(Object.values(logEvents).flatMap((event) => [...event.fields, ...event.optional]));
    expect(Object.keys(logFields).filter((field) => !used.has(field))).toEqual(carriedByChildren);
  });

  it.each(Object.entries(logEvents))('%s has a sentence', (_, event) => {
    expect(event.meaning).toMatch(/^[A-Z`].+\.$/);
  });
});

describe('the log of NestJS', () => {
  it('turns what Nest says into our events', () => {
    const { log, lines } = captured();
    const nest = new NestLogger(log);
    nest.log('Nest application successfully started', 'NestApplication');
    nest.warn({ odd: 'thing' });
    nest.error('boom', 'Error: boom\n    at somewhere', 'ExceptionsHandler');
    expect(lines()).toEqual([
      expect.objectContaining({ event: 'framework', level: 'debug', context: 'NestApplication' }),
      expect.objectContaining({ event: 'framework_warning', message: '{"odd":"thing"}' }),
      expect.objectContaining({
        event: 'framework_error',
        context: 'ExceptionsHandler',
        error: { name: 'Error', message: 'boom', stack: '    at somewhere' },
      }),
    ]);
  });
});
