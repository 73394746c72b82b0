import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { innocentTree, packages, violations } from './violations.js';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

interface Reported {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

describe('the import rules', () => {
  const tree = mkdtempSync(join(tmpdir(), 'import-rules-'));
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  beforeAll(() => {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json']) copyFileSync(join(root, file), join(tree, file));
    writePackages(tree);
    for (const [file, code] of Object.entries(innocentTree)) write(join(tree, file), code);
  });

  it('find nothing in a tree that keeps them', () => {
    expect(cruise(tree)).toEqual([]);
  });

  it('catch every planted violation, each by exactly its rule', () => {
    for (const { file, code } of violations) write(join(tree, file), code);
    const expected = violations.map(({ rule, file, caught }) => `${rule}: ${file} → ${caught}`);
    expect(cruise(tree)).toEqual(expected.sort());
  });

  it('have a planted violation each', () => {
    const { forbidden } = require(join(root, '.dependency-cruiser.cjs')) as {
      forbidden: readonly { readonly name: string }[];
    };
    expect(forbidden.map((rule) => rule.name).sort()).toEqual([...new Set(violations.map(({ rule }) => rule))].sort());
  });
});

function writePackages(tree: string): void {
  const declared = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const manifest = {
    type: 'module',
    dependencies: declared(packages.dependencies),
    devDependencies: declared(packages.devDependencies),
  };
  write(join(tree, 'package.json'), JSON.stringify(manifest));
  for (const name of [...packages.dependencies, ...packages.devDependencies, ...packages.undeclared]) {
    write(
      join(tree, 'node_modules', name, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    );
    write(join(tree, 'node_modules', name, 'index.js'), 'module.exports = {};');
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function cruise(tree: string): readonly string[] {
  const cli = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs', 'tools'];
  const { stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: tree, encoding: 'utf8' });
  if (stdout === '') throw new Error(`dependency-cruiser said nothing: ${stderr}`);
  const { summary } = JSON.parse(stdout) as { summary: { violations: readonly Reported[] } };
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();
}
