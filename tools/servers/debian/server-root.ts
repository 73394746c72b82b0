import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from '../../plain-error.js';
import { type Progress } from '../../progress.js';
import { cacheFolder } from '../cache-folder.js';
import { withExclusiveLock } from '../exclusive-lock.js';
import { findMirror } from './find-mirror.js';
import { runCommand } from '../run-command.js';

/** What a private Debian root consists of. */
export interface RootRecipe {
  readonly name: string;
  /** The Debian release to take the packages from. */
  readonly suite: string;
  /** Package names or apt patterns. */
  readonly packages: readonly string[];
}

/**
 * RabbitMQ 4 and PostgreSQL with DocumentDB. Only sid has both. The package's name carries PostgreSQL's major version, which moves:
 * apt's pattern finds it.
 */
export const currentServers: RootRecipe = {
  name: 'servers',
  suite: 'sid',
  packages: ['?name(^postgresql-[0-9]+-documentdb$)', 'rabbitmq-server'],
};

/** RabbitMQ 3.10 of Debian 12: the oldest version that the service supports (broker.md). */
export const rabbitmq310: RootRecipe = { name: 'rabbitmq-3.10', suite: 'bookworm', packages: ['rabbitmq-server'] };

/** A root of that recipe that is ready for use, built on the first call (about 35 s, 750 MB). Safe to call from several processes at once. */
export async function ensureRoot(recipe: RootRecipe, progress: Progress, signal?: AbortSignal): Promise<string> {
  const root = rootFolder(recipe);
  if (await isComplete(root)) return root;
  const waiting = (): void => progress.note('another process is building the server root; waiting for it');
  await withExclusiveLock(join(rootsFolder(), `${recipe.name}.lock`), waiting, async () => {
    if (await isComplete(root)) return;
    await build(recipe, root, progress, signal);
  });
  return root;
}

/** The folder that holds every root of this machine. */
export function rootsFolder(): string {
  return join(cacheFolder(), 'roots');
}

/** Deletes `folder` and nothing else: refuses while anything is mounted below it, and never leaves its file system. */
export async function deleteFolder(folder: string): Promise<void> {
  const mounted = (await readFile('/proc/self/mounts', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => (line.split(' ')[1] ?? '').replaceAll('\\040', ' '))
    .filter((point) => point === folder || point.startsWith(`${folder}/`));
  if (mounted.length > 0) {
    throw new PlainError(`${mounted.join(', ')} is mounted; unmount it first, because ${folder} is to be deleted.`);
  }
  await runCommand('rm', ['-rf', '--one-file-system', folder]);
}

/** A changed recipe is another root, so the name carries its hash. */
function rootFolder(recipe: RootRecipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 8);
  return join(rootsFolder(), `${recipe.name}-${hash}`);
}

/** A root gets its name only when it is complete. */
async function isComplete(root: string): Promise<boolean> {
  return readdir(join(root, 'usr')).then(
    () => true,
    () => false,
  );
}

async function build(recipe: RootRecipe, root: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const mirror = await findMirror(recipe.suite);
  await ensureMmdebstrap(progress);
  await clearUnfinished(recipe);
  const unfinished = `${root}.unfinished-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  await progress.step(
    `building a private Debian root with RabbitMQ and the database in ${root} (once; about 35 s, 750 MB)`,
    () =>
      runCommand('mmdebstrap', mmdebstrapArguments(recipe, mirror, unfinished), {
        onLine: tell(progress),
        ...(signal && { signal }),
      }),
  );
  // Debian's minimal root has no such file, or one that it took from the machine; Erlang's nodes look their own name up in it.
  await writeFile(join(unfinished, 'etc', 'hosts'), '127.0.0.1 localhost\n::1 localhost\n');
  await writeFile(join(unfinished, 'etc', 'earlybird-recipe.json'), JSON.stringify({ ...recipe, mirror }, null, 2));
  await rename(unfinished, root);
}

function mmdebstrapArguments(recipe: RootRecipe, mirror: string, folder: string): readonly string[] {
  return [
    '--variant=apt',
    '--format=directory',
    // A mirror may lag or be frozen on purpose; its signature is still checked.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    '--aptopt=APT::Install-Recommends "false"',
    ...recipe.packages.map((name) => `--include=${name}`),
    recipe.suite,
    folder,
    `deb ${mirror} ${recipe.suite} main`,
  ];
}

/** mmdebstrap names its stages on lines that begin with "I: "; a build of half a minute must not look like a hang. */
function tell(progress: Progress): (line: string) => void {
  return (line) => {
    if (/^I: (running apt-get update|downloading|extracting|installing)/.test(line))
      progress.note(`  ${line.slice(3)}`);
  };
}

async function ensureMmdebstrap(progress: Progress): Promise<void> {
  const found = await runCommand('mmdebstrap', ['--version']).then(
    () => true,
    () => false,
  );
  if (found) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '--no-install-recommends', 'mmdebstrap'];
  await progress.step('installing mmdebstrap with apt-get', async () => {
    const installed = await runCommand('apt-get', install, { env }).catch(() => undefined);
    if (installed !== undefined) return;
    // The package lists of a fresh image are empty or outdated.
    await runCommand('apt-get', ['update'], { env });
    await runCommand('apt-get', install, { env });
  });
}

/** What killed builds left. The lock is held, so nobody is writing there. */
async function clearUnfinished(recipe: RootRecipe): Promise<void> {
  const names = await readdir(rootsFolder());
  for (const name of names.filter((entry) => entry.startsWith(`${recipe.name}-`) && entry.includes('.unfinished-'))) {
    await deleteFolder(join(rootsFolder(), name));
  }
}
