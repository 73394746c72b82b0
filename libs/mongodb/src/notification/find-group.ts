import { type Notification } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { type Answer } from '../group/grouped.js';
import { toNotification } from './notification.mapper.js';
import { type StoredNotification } from './stored-notification.js';

/** Reads notifications by id in one round trip. An unreadable one is the trouble of who asked for it alone. */
export async function findGroup(
  log: mongo.Collection<StoredNotification>,
  ids: readonly string[],
): Promise<readonly Answer<Notification | undefined>[]> {
  const stored = await log.find({ _id: { $in: [...new Set(ids)] } }).toArray();
  const byId = new Map(stored.map((document) => [document._id, document]));
  return ids.map((id) => readOf(byId.get(id)));
}

function readOf(stored: StoredNotification | undefined): Answer<Notification | undefined> {
  if (stored === undefined) return undefined;
  try {
    return toNotification(stored);
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
