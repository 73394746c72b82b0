import {
  aNotification,
  aReceipt,
  aTemplate,
  after,
  FakeClock,
  fixedRenderer,
  MemoryAuditLog,
  MemoryDesk,
  queuedStage,
  runLanes,
} from '@earlybird/testing';
import type { Outcome } from '../attempt/outcome.js';
import { envelopeOf } from './conclude.js';
import { recordReceipt } from './record-receipt.js';
import { saveTemplate } from './save-template.js';
import { sweep } from './sweep.js';

const hour = 3_600_000;
const paused = {
  kind: 'throttled',
  scope: 'recipient',
  reason: 'template_paused',
  errorCode: '132015',
  retryAfterMs: 3 * hour,
  consequence: 'hold_template',
} as const satisfies Outcome;
const disabled = { kind: 'refused', reason: 'template_disabled', consequence: 'report_template' } as const;

/** A provider that has paused a template, as one notification finds out; a second one waits behind it. */
async function heldStage(outcome: Outcome = paused, validUntil = after(24 * hour)) {
  const queued = await queuedStage(outcome, { validUntil });
  const { stage } = queued;
  const second = await stage.keep(aNotification({ validUntil }));
  await queued.dispatch(queued.envelope());
  return { ...queued, second: () => stage.now(second.id), secondEnvelope: envelopeOf(second, 1) };
}

describe('a template that the provider has paused', () => {
  it('holds the notifications of that template, uncounted, and no others', async () => {
    const { stage, now, second, secondEnvelope, dispatch } = await heldStage();
    expect(now()).toMatchObject({ status: 'scheduled', statusReason: 'template_held', attempts: [{ counted: false }] });
    const other = await stage.keep(aNotification({ messageType: 'pause_confirmation' }));
    await dispatch(secondEnvelope);
    expect(second()).toMatchObject({
      status: 'scheduled',
      statusReason: 'template_held',
      dueAt: after(3 * hour),
      wakeAt: after(3 * hour),
      attempts: [],
      lastAttemptNumber: 0,
    });
    stage.sender.script = () => ({ kind: 'accepted', providerMessageId: 'wamid' });
    await dispatch(envelopeOf(other, 1));
    expect(stage.now(other.id).status).toBe('sent');
  });

  it('is reported once, however many messages find it out at the same time, and shown with the template', async () => {
    const { stage, envelope, dispatch } = await queuedStage(paused);
    const others = await Promise.all(Array.from({ length: 4 }, () => stage.keep(aNotification())));
    await Promise.all([envelope(), ...others.map((other) => envelopeOf(other, 1))].map(dispatch));
    expect(stage.sender.shipments).toHaveLength(5);
    expect(stage.reporter.of('template_held')).toEqual([
      {
        kind: 'template_held',
        messageType: 'order_confirmation',
        template: 'order_confirmation/en/1',
        reason: 'template_paused',
        waitMs: 3 * hour,
      },
    ]);
    expect((await stage.templates.findPublished('order_confirmation', 'en'))?.objection).toEqual({
      reason: 'template_paused',
      at: after(0),
      until: after(3 * hour),
    });
  });

  it('is tried again when the time is over', async () => {
    const { stage, now, second, dispatch, secondEnvelope } = await heldStage();
    await dispatch(secondEnvelope);
    stage.sender.script = ({ notificationId }) => ({ kind: 'accepted', providerMessageId: notificationId });
    await stage.clock.advance(3 * hour);
    await sweep(stage.worker())();
    await runLanes(stage, dispatch);
    expect([now().status, second().status]).toEqual(['sent', 'sent']);
    expect(second().attempts).toHaveLength(1);
  });

  it('lets what waits for it go at once when a version is published', async () => {
    const { stage, now, second, dispatch, secondEnvelope } = await heldStage();
    await dispatch(secondEnvelope);
    stage.sender.script = ({ notificationId }) => ({ kind: 'accepted', providerMessageId: notificationId });
    const save = saveTemplate({
      templates: stage.templates,
      desk: new MemoryDesk(stage.log),
      checker: { check: () => ({ ok: true, variables: [] }) },
      renderer: fixedRenderer,
      audit: new MemoryAuditLog(),
      clock: new FakeClock(stage.clock.now()),
    });
    const { version: _v, state: _s, createdAt: _c, ...draft } = aTemplate({ body: 'kinder words' });
    await save(draft, true);
    await sweep(stage.worker())();
    await runLanes(stage, dispatch);
    expect([now().status, second().status]).toEqual(['sent', 'sent']);
  });

  it('does not keep a notification beyond its validity', async () => {
    const { stage, second, dispatch, secondEnvelope } = await heldStage(paused, after(hour));
    await dispatch(secondEnvelope);
    expect(second()).toMatchObject({ status: 'scheduled', dueAt: after(hour) });
    await stage.clock.advance(hour);
    await sweep(stage.worker())();
    await runLanes(stage, dispatch);
    expect(second()).toMatchObject({ status: 'expired', statusReason: 'validity_passed' });
  });

  it('is held by a failed receipt as by a direct answer, from when the provider said so', async () => {
    const { stage, dispatch, envelope } = await queuedStage({ kind: 'accepted', providerMessageId: 'wamid' });
    await dispatch(envelope());
    stage.judgeFailure = () => ({ reason: 'template_paused', consequence: 'hold_template', retryAfterMs: 3 * hour });
    await stage.clock.advance(hour);
    await recordReceipt(stage.worker())(aReceipt({ providerMessageId: 'wamid', status: 'failed', at: after(1_000) }));
    expect((await stage.templates.findPublished('order_confirmation', 'en'))?.objection?.until).toEqual(
      after(1_000 + 3 * hour),
    );
  });

  it.each([
    ['the hold would be over', after(-4 * hour), 1],
    ['another version is published', after(0), 2],
  ] as const)('is not held when %s', async (_, at, version) => {
    const { stage, dispatch, envelope } = await queuedStage({ kind: 'accepted', providerMessageId: 'wamid' });
    await dispatch(envelope());
    stage.templates.put(aTemplate({ version }));
    stage.judgeFailure = () => ({ reason: 'template_paused', consequence: 'hold_template', retryAfterMs: 3 * hour });
    await recordReceipt(stage.worker())(aReceipt({ providerMessageId: 'wamid', status: 'failed', at }));
    expect((await stage.templates.findPublished('order_confirmation', 'en'))?.objection).toBeUndefined();
    expect(stage.reporter.of('template_held')).toEqual([]);
  });
});

describe('a template that the provider has disabled', () => {
  it('refuses its notifications, and is reported once', async () => {
    const { stage, now, second, dispatch, secondEnvelope } = await heldStage(disabled);
    await dispatch(secondEnvelope);
    for (const notification of [now(), second()])
      expect(notification).toMatchObject({ status: 'failed', statusReason: 'template_disabled' });
    expect(stage.reporter.of('template_disabled')).toEqual([
      {
        kind: 'template_disabled',
        messageType: 'order_confirmation',
        template: 'order_confirmation/en/1',
        reason: 'template_disabled',
      },
    ]);
  });
});
