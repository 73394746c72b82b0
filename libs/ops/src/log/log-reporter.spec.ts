import { createLogger } from './create-logger.js';
import { LogReporter, type UnloggableHappening } from './log-reporter.js';
import { reportToAll } from './report-to-all.js';

// Does not compile when a happening lacks a field of its log event.
const agreed: [UnloggableHappening] extends [never] ? true : UnloggableHappening = true;

describe('the reporter to the log', () => {
  it('has a log event with the right fields for every happening', () => {
    expect(agreed).toBe(true);
  });

  it('writes the happening as the event of its name, without its kind', () => {
    const lines: string[] = [];
    const log = createLogger({
      app: 'worker',
      level: 'debug',
      destination: { write: (line) => void lines.push(line) },
    });
    reportToAll(new LogReporter(log)).report({
      kind: 'attempt_finished',
      notificationId: 'msg_1',
      correlationId: 'c-1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      attempt: 2,
      outcome: 'deferred',
      counted: true,
      status: 'retrying',
      durationMs: 12,
      sinceCreatedMs: 300_100,
      errorCode: '131000',
    });
    const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(line).toMatchObject({
      event: 'attempt_finished',
      level: 'info',
      notificationId: 'msg_1',
      correlationId: 'c-1',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      attempt: 2,
      durationMs: 12,
      errorCode: '131000',
      msg: 'Attempt 2 came to deferred; the notification is retrying',
    });
    expect(line).not.toHaveProperty('kind');
    expect(line).not.toHaveProperty('traceparent');
  });
});
