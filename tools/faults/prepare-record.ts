import type { RunningSystem } from '@earlybird/testing';
import { marketingCustomers } from './event-plan.js';

/** Puts every customer where it is early afternoon, so that marketing may leave whenever the run takes place. */
export async function prepareCustomers({ record }: RunningSystem): Promise<void> {
  const timezone = zoneOfAfternoon(new Date());
  const settings = marketingCustomers.map((userId) => ({ userId, timezone }));
  await record.collection('notification_settings').insertMany(settings);
}

/** Sets what a doubt leads to, for every message type; leaves it as the types say when nothing is asked for. */
export async function prepareTemplates(
  { record }: RunningSystem,
  onUnknown: 'hold' | 'resend' | undefined,
): Promise<void> {
  if (onUnknown === undefined) return;
  await record.collection('notification_templates').updateMany({}, { $set: { onUnknown } });
}

/** The zone where the clocks show two in the afternoon. In these names the sign is turned round: Etc/GMT-5 is five hours ahead. */
function zoneOfAfternoon(now: Date): string {
  const hoursAhead = (14 - now.getUTCHours() + 24) % 24;
  return hoursAhead > 14 ? `Etc/GMT+${24 - hoursAhead}` : `Etc/GMT-${hoursAhead}`;
}
