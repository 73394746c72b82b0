import type { DomainEvent } from '../event/domain-event.js';
import { type EventEnvelope, type EventRegister, type ParsedEvent, parseEvent } from '../event/parse-event.js';
import { chooseLanguage } from '../message/language.js';
import { type Draft, draftNotifications } from '../notification/draft-notifications.js';
import type { Notification } from '../notification/notification.js';
import { openNotification } from '../notification/open-notification.js';
import type { AnyRule } from '../notification/rules/rule.js';
import { envelopeOf } from './conclude.js';
import type { FlowParts } from './flow-parts.js';
import { trailOf } from '../notification/trail-of.js';

type Parts = Pick<FlowParts, 'notifications' | 'settings' | 'templates' | 'queue' | 'policy' | 'clock' | 'reporter'> & {
  readonly register: EventRegister;
  readonly rules: readonly AnyRule[];
};

/** Accepted (the envelope may be acked), or set aside for a person with the reason. */
export type Acceptance =
  | { readonly kind: 'accepted'; readonly event: DomainEvent; readonly created: number }
  | (Extract<ParsedEvent, { ok: false }> & { readonly kind: 'parked' });

/**
 * parse → match rules → apply preferences → create once → enqueue. The caller acks after it resolves. A crash anywhere is
 * repaired by the redelivery: the key makes creation happen once, and a redelivered envelope enqueues what was created but
 * perhaps never enqueued. Throws lost infrastructure only; hand the envelope over once more, as `redelivered`, when the
 * server is back.
 */
export function acceptEvent(parts: Parts): (envelope: EventEnvelope) => Promise<Acceptance> {
  return async (envelope) => {
    const parsed = parseEvent(envelope, parts.register, parts.clock.now());
    if (!parsed.ok) return setAside(parts, envelope, parsed);
    const drafts = draftNotifications(parsed.event, parts.rules, envelope);
    const created = await Promise.all(drafts.map((draft) => tell(parts, parsed.event, draft, envelope)));
    return { kind: 'accepted', event: parsed.event, created: created.filter(Boolean).length };
  };
}

/** True when the notification is new. */
async function tell(parts: Parts, event: DomainEvent, draft: Draft, envelope: EventEnvelope): Promise<boolean> {
  const settings = await parts.settings.find(draft.recipient);
  const language = chooseLanguage(settings.person, draft.wishedLanguage);
  const template = await parts.templates.findPublished(draft.messageType, language);
  const { graces } = parts.policy;
  const notification = openNotification(draft, { settings, template, graces, now: parts.clock.now() });
  const creation = await parts.notifications.create(notification);
  const known = creation.kind === 'created' ? notification : creation.notification;
  const neverEnqueued = creation.kind === 'created' || envelope.redelivered;
  const enqueue = neverEnqueued && known.status === 'queued' && known.lastAttemptNumber === 0;
  if (enqueue) await parts.queue.enqueue(envelopeOf(known, 1));
  report(parts, event, envelope, known, creation.kind === 'created', enqueue);
  return creation.kind === 'created';
}

function report(
  parts: Parts,
  event: DomainEvent,
  envelope: EventEnvelope,
  notification: Notification,
  created: boolean,
  enqueued: boolean,
): void {
  const { messageType, status } = notification;
  const about = {
    ...trailOf(notification),
    eventType: event.type,
    eventId: event.id,
    publisher: envelope.publisher ?? event.source,
  };
  const sinceEventMs = Math.max(0, parts.clock.now().getTime() - Date.parse(event.time));
  if (created) parts.reporter.report({ kind: 'event_accepted', ...about, messageType, status, sinceEventMs });
  else parts.reporter.report({ kind: 'event_duplicate', ...about, enqueuedAgain: enqueued });
}

function setAside(parts: Parts, envelope: EventEnvelope, parsed: Extract<ParsedEvent, { ok: false }>): Acceptance {
  const { reason, detail, eventId } = parsed;
  parts.reporter.report({
    kind: 'event_parked',
    reason,
    detail,
    routingKey: envelope.routingKey,
    publisher: envelope.publisher ?? 'unknown',
    ...(eventId === undefined ? {} : { eventId }),
  });
  return { ...parsed, kind: 'parked' };
}
