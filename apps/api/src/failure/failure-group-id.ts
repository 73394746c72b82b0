import { isMessageType, type MessageType } from '@earlybird/core';

/** What makes failures one group. */
export interface FailureGroupKey {
  readonly cause: string;
  readonly messageType: MessageType;
}

/** The opaque name of a group, as `GET /failures` gives it and dismiss and restore take it. */
export function failureGroupId({
  cause,
  messageType,
}: {
  readonly cause: string;
  readonly messageType: string;
}): string {
  return Buffer.from(JSON.stringify([cause, messageType])).toString('base64url');
}

/** The group of a name; undefined when it is none. */
export function failureGroupOf(id: string): FailureGroupKey | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(id, 'base64url').toString());
    const [cause, messageType] = Array.isArray(content) ? (content as readonly unknown[]) : [];
    const isGroup = typeof cause === 'string' && typeof messageType === 'string' && isMessageType(messageType);
    return isGroup ? { cause, messageType } : undefined;
  } catch {
    return undefined;
  }
}
