import { type SpanExporter } from '@opentelemetry/sdk-trace';
import { type Log } from '../../log/log.js';
import { TellingExporter } from './telling-exporter.js';

type Result = Parameters<Parameters<SpanExporter['export']>[1]>[0];

function setUp() {
  const results: Result[] = [];
  const lines: object[] = [];
  const log: Log = { event: (name, fields) => void lines.push({ name, ...fields }), child: () => log };
  const exporter: SpanExporter = {
    export: (_, done) => done(results.shift() ?? { code: 0 }),
    shutdown: async () => undefined,
  };
  const telling = new TellingExporter(exporter, 'http://collector', log);
  const told: Result[] = [];
  const send = (result: Result) => {
    results.push(result);
    telling.export([], (passed) => told.push(passed));
  };
  return { telling, send, told, lines };
}

const taken = { code: 0 };
const refused = { code: 1, error: Object.assign(new Error('Unauthorized'), { code: 401 }) };
const address = 'http://collector';

describe('spans on their way', () => {
  it('are spoken of once when they arrive, and once when they do not, however long it lasts', () => {
    const { send, lines } = setUp();
    for (const result of [taken, taken, refused, refused, refused, taken, taken]) send(result);
    expect(lines).toEqual([
      { name: 'spans_taken', address, count: 0 },
      { name: 'spans_refused', address, reason: 'Unauthorized 401' },
      { name: 'spans_taken', address, count: 0 },
    ]);
  });

  it('come to the result that the collector gave', () => {
    const { send, told } = setUp();
    send(taken);
    send(refused);
    expect(told).toEqual([taken, refused]);
  });

  it('that still wait when the process ends are spoken of, unless it is known already', () => {
    const { telling, lines } = setUp();
    telling.giveUp();
    telling.giveUp();
    expect(lines).toEqual([{ name: 'spans_refused', address, reason: 'no answer before the process ended' }]);
  });

  it('are given the only word there is when a connection is refused without a message', () => {
    const { send, lines } = setUp();
    send({ code: 1, error: Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }) });
    expect(lines).toEqual([{ name: 'spans_refused', address, reason: 'ECONNREFUSED' }]);
  });
});
