import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainError } from '../../plain-error.js';
import { mirrorsIn, readAptSources } from './apt-mirror.js';
import { runCommand } from '../run-command.js';

/**
 * A mirror that has the Debian release `suite`: the one of the machine's own apt sources. On Ubuntu, whose archive is not Debian's,
 * the same host is tried for Debian; where it has none, `EARLYBIRD_DEBIAN_MIRROR` names one. It goes before all of them.
 * @throws PlainError when none has it, naming those that were tried.
 */
export async function findMirror(suite: string): Promise<string> {
  const candidates = await candidateMirrors();
  for (const candidate of candidates) {
    if (await hasSuite(candidate, suite)) return candidate;
  }
  throw new PlainError(
    `No mirror has Debian ${suite}; tried ${candidates.join(', ') || 'none, because apt has no usable source'}. ` +
      'Check the network, or set EARLYBIRD_DEBIAN_MIRROR to the address of a Debian mirror.',
  );
}

async function candidateMirrors(): Promise<readonly string[]> {
  const given = process.env['EARLYBIRD_DEBIAN_MIRROR'];
  if (given) return [given];
  const release = await readFile('/etc/os-release', 'utf8');
  const codename = /^VERSION_CODENAME="?([^"\n]+)/m.exec(release)?.[1];
  const own = codename === undefined ? [] : mirrorsIn(await readAptSources(), codename);
  if (!/^ID="?ubuntu/m.test(release)) return own;
  return own.map((mirror) => mirror.replace(/\/ubuntu$/, '/debian'));
}

/** Asked through apt's own downloader, so that its proxy and certificate settings count. */
async function hasSuite(mirror: string, suite: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'earlybird-mirror-'));
  try {
    await runCommand('/usr/lib/apt/apt-helper', [
      'download-file',
      `${mirror}/dists/${suite}/Release`,
      join(folder, 'Release'),
    ]);
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
