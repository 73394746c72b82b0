import { isTrouble, readableLine } from './log-line.js';

const line = (over: object) =>
  JSON.stringify({ level: 'info', time: '2026-01-28T06:00:00.000Z', msg: 'sent', ...over });

describe('readableLine', () => {
  it('says when, who and what', () => {
    expect(readableLine('worker', line({}))).toMatch(/^\d\d:\d\d:\d\d {3}worker {14} sent$/);
  });

  it.each([
    ['warn', '! paused'],
    ['error', '✘ paused'],
    ['fatal', '✘ paused'],
    ['info', 'paused'],
  ])('marks level %s', (level, expected) => {
    expect(readableLine('api', line({ level, msg: 'paused' }))).toMatch(new RegExp(` ${expected}$`));
  });

  it("adds the error's words once", () => {
    expect(readableLine('api', line({ msg: 'start failed', error: { message: 'no route' } }))).toMatch(
      /start failed \(no route\)$/,
    );
    expect(readableLine('api', line({ msg: 'failed: no route', error: { message: 'no route' } }))).toMatch(
      /failed: no route$/,
    );
  });

  it.each(['Error: boom', '{"half":', '{"level":"loud"}', ''])('shows %j as it is', (text) => {
    expect(readableLine('worker', text).trimEnd()).toBe(`           worker               ${text}`.trimEnd());
  });
});

describe('isTrouble', () => {
  it.each([
    [line({ level: 'info' }), false],
    [line({ level: 'warn' }), true],
    [line({ level: 'fatal' }), true],
    ['SyntaxError: nonsense', true],
  ])('judges %s', (text, expected) => {
    expect(isTrouble(text)).toBe(expected);
  });
});
