import { chmod, chown, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes folders inside `parent` that belong to a user of the private root, whose numbers mean somebody else or nobody on the host.
 * `parent` becomes passable for that user, whatever the umask.
 */
export async function makeFoldersOf(
  root: string,
  user: string,
  parent: string,
  folders: readonly string[],
): Promise<void> {
  const passwd = await readFile(join(root, 'etc', 'passwd'), 'utf8');
  const [, , uid, gid] = (passwd.split('\n').find((line) => line.startsWith(`${user}:`)) ?? '').split(':');
  if (uid === undefined || gid === undefined) throw new Error(`the root ${root} has no user ${user}`);
  await chmod(parent, 0o711);
  for (const folder of folders) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chown(folder, Number(uid), Number(gid));
  }
}
