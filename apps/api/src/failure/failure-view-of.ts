import { type FailureGroup } from '@earlybird/core';
import { explanationOf } from '../message/explanation.js';
import { failureGroupId } from './failure-group-id.js';
import { type FailureGroupView } from './failure-view.js';

/** A group of failures, in the user's field names. */
export function failureGroupViewOf(group: FailureGroup): FailureGroupView {
  const { sample } = group;
  return {
    group: failureGroupId(group),
    cause: group.cause,
    // A cause begins with its reason; the provider's code may stand behind it.
    explanation: explanationOf(group.cause.split(' ')[0]),
    message_type: group.messageType,
    count: group.count,
    failed: group.failed,
    unknown: group.unknown,
    first_at: group.firstAt.toISOString(),
    last_at: group.lastAt.toISOString(),
    sample: {
      id: sample.id,
      status: sample.status,
      phone: sample.phone,
      reference_id: sample.referenceId,
      created_at: sample.createdAt.toISOString(),
      detail: sample.detail,
    },
  };
}
