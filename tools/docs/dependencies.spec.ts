import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

describe('docs/dependencies.md', () => {
  it('has one line with a reason for every runtime dependency, and no other', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const page = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
    const explained = [...page.matchAll(/^\| `([^`]+)` +\| (.+)\. +\|$/gm)].map((match) => match[1]);
    expect(explained).toEqual(Object.keys(manifest.dependencies));
  });
});
