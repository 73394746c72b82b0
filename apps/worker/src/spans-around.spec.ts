import { type Acceptance, type EventEnvelope } from '@earlybird/core';
import { noSpans, type Spans, type SpanStart } from '@earlybird/ops';
import { acceptance, anEvent, aShipment, ScriptedSender } from '@earlybird/testing';
import { spansAround } from './spans-around.js';

const trace = (digit: string) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`;
const accepted = (event = anEvent('order.created')): Acceptance => ({ kind: 'accepted', event, created: 1 });

/** Every span of it is called `own`. */
function recording() {
  const starts: SpanStart[] = [];
  const failures: string[] = [];
  const span = { rename: () => undefined, note: () => undefined, tell: () => undefined, link: () => undefined };
  const spans: Spans = {
    within: (start, work) => {
      starts.push(start);
      return work({ ...span, traceparent: trace('f'), fail: (reason) => void failures.push(reason) });
    },
    current: undefined,
  };
  return { around: spansAround(spans), starts, failures };
}

function anEnvelope(parts: Partial<EventEnvelope>): EventEnvelope {
  return { body: Buffer.from('{}'), routingKey: 'order.created', redelivered: false, ...parts };
}

describe('the span of an acceptance', () => {
  it.each<[string, Partial<EventEnvelope>, string | undefined]>([
    ['the envelope', { traceparent: trace('a'), body: body(trace('b')) }, trace('a')],
    ['the event, where the envelope names none', { body: body(trace('b')) }, trace('b')],
    ['the event, where the envelope is malformed', { traceparent: 'x', body: body(trace('b')) }, trace('b')],
    ['nobody, where neither does', {}, undefined],
    ['nobody, where the body cannot be read', { body: Buffer.from('{') }, undefined],
    ['nobody, where the body is no object', { body: Buffer.from('null') }, undefined],
  ])('goes on from %s', async (_, parts, traceparent) => {
    const { around, starts } = recording();
    await around.accept(async () => accepted())(anEnvelope(parts));
    expect(starts.map((start) => start.traceparent)).toEqual([traceparent]);
  });

  it('is what the event leads to goes on from', async () => {
    const { around } = recording();
    const seen: (string | undefined)[] = [];
    const accept = around.accept(async ({ traceparent }) => {
      seen.push(traceparent);
      return accepted();
    });
    await accept(anEnvelope({ traceparent: trace('a') }));
    expect(seen).toEqual([trace('f')]);
  });
});

describe('the span of a request to the provider', () => {
  it('fails with every outcome but an acceptance, and leaves each as it is', async () => {
    const { around, failures } = recording();
    const sender = new ScriptedSender();
    const shipment = aShipment();
    expect(await around.send(sender).send(shipment)).toEqual(acceptance(shipment));
    sender.script = () => ({ kind: 'refused', reason: 'bad_number' });
    expect(await around.send(sender).send(shipment)).toEqual({ kind: 'refused', reason: 'bad_number' });
    expect(failures).toEqual(['bad_number']);
  });

  it('names nobody', async () => {
    const { around, starts } = recording();
    await around.send(new ScriptedSender()).send(aShipment({ phone: '+919876543210' }));
    expect(starts).toHaveLength(1);
    expect(JSON.stringify(starts)).not.toContain('9876543210');
  });
});

describe('without a collector', () => {
  it('nothing stands around the work', async () => {
    const around = spansAround(noSpans);
    const sender = new ScriptedSender();
    const work = async () => accepted();
    expect(around.accept(work)).toBe(work);
    expect(around.send(sender)).toBe(sender);
  });
});

function body(traceparent: string): Uint8Array {
  return Buffer.from(JSON.stringify({ data: { traceparent: trace('c') }, traceparent }));
}
