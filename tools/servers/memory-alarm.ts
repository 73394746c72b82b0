import { type BrokerControl } from './servers.js';

const watermark = 'set_vm_memory_high_watermark';
/** The broker's own default of version 4, and more than that of 3.10: far above what anything here needs. */
const usualShare = '0.6';

/** Has the broker believe that it is short of memory: until `liftMemoryAlarm` it takes no publications (`connection.blocked`). */
export async function raiseMemoryAlarm({ ctl }: Pick<BrokerControl, 'ctl'>): Promise<void> {
  await ctl(watermark, '0');
}

/** Ends what `raiseMemoryAlarm` began; does no harm without it. */
export async function liftMemoryAlarm({ ctl }: Pick<BrokerControl, 'ctl'>): Promise<void> {
  await ctl(watermark, usualShare);
}
