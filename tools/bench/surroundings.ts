import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { checkoutFolder } from '../servers/instance.js';
import { type BenchServers } from './bench-servers.js';

/** On what was measured: figures mean nothing without it. */
export interface Surroundings {
  readonly machine: string;
  readonly servers: string;
  /** Of what does the work, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** The commit; ends with `+` when files were changed since. */
  readonly commit: string;
}

/** Packages whose version moves a figure. */
const packages = ['@nestjs/core', '@nestjs/microservices', 'amqplib', 'axios', 'mongodb', 'mongoose', 'undici'];

/** Looks around. */
export function surroundingsOf({ how }: BenchServers): Surroundings {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const require = createRequire(import.meta.url);
  const versions = packages.map((name) => [name, versionOf(require.resolve.paths(name) ?? [], name, require)]);
  return {
    machine: `${availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform}`,
    servers: how,
    versions: { node: process.versions.node, ...(Object.fromEntries(versions) as Record<string, string>) },
    commit: commit(),
  };
}

/** Read beside the code, because not every package exports its package.json. */
function versionOf(folders: readonly string[], name: string, require: NodeJS.Require): string {
  for (const folder of folders) {
    try {
      return (require(`${folder}/${name}/package.json`) as { readonly version: string }).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}

/** A copy without its history is measured too. */
function commit(): string {
  try {
    const git = (...args: readonly string[]) =>
      execFileSync('git', [...args], { cwd: checkoutFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const changed = git('status', '--porcelain', '--untracked-files=no').trim() !== '';
    return `${git('rev-parse', '--short', 'HEAD').trim()}${changed ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}
