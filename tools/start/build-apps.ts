import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Progress } from '../progress.js';
import { checkoutFolder } from '../servers/instance.js';
import { runCommand } from '../servers/run-command.js';

const STAMP = join(checkoutFolder, 'dist', '.built-from');

const SOURCES = ['apps', 'libs', 'tools', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];

/** Builds the apps into dist/, unless what is there was built from the same sources. */
export async function buildApps(progress: Progress): Promise<void> {
  const fingerprint = await fingerprintOf(SOURCES.map((name) => join(checkoutFolder, name)));
  const built = await readFile(STAMP, 'utf8').catch(() => undefined);
  if (built === fingerprint) return;
  const nest = join(checkoutFolder, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  await progress.step('building the apps', () =>
    runCommand(process.execPath, [nest, 'build', 'all'], { cwd: checkoutFolder }),
  );
  await mkdir(join(checkoutFolder, 'dist'), { recursive: true });
  await writeFile(STAMP, fingerprint);
}

/** Changes whenever a file below comes, goes or is written. */
async function fingerprintOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const visit = async (path: string): Promise<void> => {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return;
    if (found.isDirectory()) {
      const names = (await readdir(path)).sort();
      for (const name of names) if (name !== 'node_modules') await visit(join(path, name));
    } else {
      hash.update(`${path} ${found.size} ${found.mtimeMs}\n`);
    }
  };
  for (const path of paths) await visit(path);
  return hash.digest('hex');
}
