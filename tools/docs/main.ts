import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pages } from './pages.js';

/** `npm run docs`: writes every document that is made from code. */
const root = join(import.meta.dirname, '..', '..');
for (const [path, make] of Object.entries(pages)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), await make());
  console.log(path);
}
