import type { Category } from '../message/message-type.js';

/** The two dispatch lanes. */
export const lanes = ['normal', 'bulk'] as const;

/** The normal or the bulk dispatch queue: two, so that a campaign never delays a confirmation (broker.md). */
export type Lane = (typeof lanes)[number];

/** Marketing and replays travel in the bulk lane, everything else in the normal one (events.md). */
export function laneOf(category: Category, replay = false): Lane {
  return category === 'marketing' || replay ? 'bulk' : 'normal';
}
