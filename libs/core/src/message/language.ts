import type { PersonSettings } from '../recipient/settings.js';
import { fallbackLanguage } from './template.js';

/** The language in which a message is made: the recipient's own, where it is on record, else the one that was wished for. */
export function chooseLanguage(person: PersonSettings | undefined, wished: string | undefined): string {
  return primaryLanguage(person?.language ?? wished ?? fallbackLanguage);
}

/** Templates know whole languages: `hi-IN` and `HI` are both `hi`. */
function primaryLanguage(tag: string): string {
  const [primary = ''] = tag.trim().toLowerCase().split(/[-_]/);
  return primary === '' ? fallbackLanguage : primary;
}
