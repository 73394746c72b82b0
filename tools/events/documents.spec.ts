import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventCatalogue } from '@earlybird/events';
import { eventDocuments } from './documents.js';

const root = join(import.meta.dirname, '..', '..');

describe('the documents made from the event schemas', () => {
  it.each(Object.entries(eventDocuments))('%s is current (npm run events -- docs)', (path, make) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(make());
  });

  it('hold no schema of a type that is gone', () => {
    const files = readdirSync(join(root, 'docs/generated/schemas'));
    expect(files.sort()).toEqual(eventCatalogue.types.map((type) => `${type}.json`).sort());
  });
});
