import { printedProgress } from '../progress.js';
import { buildApps } from '../start/build-apps.js';

/** `npm run build`: builds the apps into dist/, unless what is there was built from the same sources. */
export function main(): Promise<void> {
  return buildApps(printedProgress);
}
