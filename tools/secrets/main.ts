import { appendFile, chmod, readFile } from 'node:fs/promises';
import { missingSecretLines } from './secrets.js';

/** `npm run secrets`: writes what `.env` lacks, readable by its owner only. Never prints a value, never changes one. */
const file = '.env';
const text = await readFile(file, 'utf8').catch(() => '');
const lines = missingSecretLines(text);
if (lines.length > 0)
  await appendFile(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n`, { mode: 0o600 });
await chmod(file, 0o600);
console.log(lines.length === 0 ? `${file} has every secret already` : `${lines.length} secrets were added to ${file}`);
