import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventDocuments } from './documents.js';

const root = join(import.meta.dirname, '..', '..');

/** `npm run events -- docs`: writes the AsyncAPI document and the JSON Schemas. */
export function writeDocuments(): void {
  for (const [path, make] of Object.entries(eventDocuments)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), make());
    console.log(path);
  }
}
