import { chooseLanguage } from '../message/language.js';
import { factsOf } from '../message/message-type.js';
import type { Template } from '../message/template.js';
import { newId } from '../kernel/id.js';
import { type Permission, permissionFor } from '../recipient/permission.js';
import { preferenceDecision } from '../recipient/preference-decision.js';
import type { RecipientSettings } from '../recipient/settings.js';
import type { DeliveryStatus } from './delivery-status.js';
import type { Draft } from './draft-notifications.js';
import { type Notification, insistsOnNow } from './notification.js';
import type { Graces } from './graces.js';

/** What decides how a draft begins its life. */
export interface Opening {
  readonly settings: RecipientSettings;
  readonly now: Date;
  readonly graces: Graces;
  /** What the published template says; the facts of its message type when there is none. */
  readonly template?: Pick<Template, 'quietHours' | 'overrideQuietHours' | 'validityMs'> | undefined;
  /** Over REST: not before this moment. */
  readonly sendAt?: Date;
}

/** The notification as it is first stored: queued, scheduled, suppressed or expired, by what is on record for its recipient. */
export function openNotification(draft: Draft, { settings, now, graces, template, sendAt }: Opening): Notification {
  const { wishedLanguage, happenedAt, ...rest } = draft;
  const { quietHours, overrideQuietHours, validityMs } = template ?? {
    ...factsOf(draft.messageType),
    overrideQuietHours: true,
  };
  const validUntil = draft.validUntil ?? new Date(happenedAt.getTime() + validityMs);
  const leavesAt = sendAt !== undefined && sendAt > now ? sendAt : now;
  const immediate = insistsOnNow(draft);
  const permission = permissionFor({
    ...draft,
    validUntil,
    settings,
    quietHours,
    overrideQuietHours,
    immediate,
    now: leavesAt,
  });
  const beginning = beginningOf(permission, leavesAt, now, graces);
  const decision = preferenceDecision(permission.reason, settings, now);
  return {
    ...rest,
    ...beginning,
    ...(decision === undefined ? {} : { decision }),
    validUntil,
    id: newId('msg', now),
    language: chooseLanguage(settings.person, wishedLanguage),
    createdAt: now,
    updatedAt: now,
    statusTimes: { [beginning.status]: now },
  };
}

type Beginning = { readonly status: DeliveryStatus } & Pick<Notification, 'statusReason' | 'dueAt' | 'wakeAt'>;

function beginningOf(permission: Permission, leavesAt: Date, now: Date, graces: Graces): Beginning {
  switch (permission.kind) {
    case 'suppressed':
      return { status: 'suppressed', statusReason: permission.reason };
    case 'expired':
      return { status: 'expired', statusReason: permission.reason };
    case 'postponed':
      return {
        status: 'scheduled',
        statusReason: permission.reason,
        dueAt: permission.until,
        wakeAt: permission.until,
      };
    case 'allowed': {
      const reason = permission.reason === undefined ? {} : { statusReason: permission.reason };
      return leavesAt > now
        ? { status: 'scheduled', ...reason, dueAt: leavesAt, wakeAt: leavesAt }
        : { status: 'queued', ...reason, wakeAt: new Date(now.getTime() + graces.queuedMs) };
    }
  }
}
