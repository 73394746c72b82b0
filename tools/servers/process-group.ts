import { readFile } from 'node:fs/promises';
import { processesWhere } from './process-identity.js';

/** How often the group is looked at while it is given time to end. */
const LOOK_EVERY_MS = 50;

/**
 * The command lines of the living processes of a group (a zombie does not live). Where there is no /proc one entry stands for all of
 * them.
 */
export async function groupMembers(groupId: number): Promise<readonly string[]> {
  const members = await processesWhere((stat) => stat.groupId === groupId);
  if (members === undefined) return signalGroup(groupId, 0) ? [`group ${groupId}`] : [];
  return Promise.all(members.map(async ({ pid }) => `${pid} ${await commandLine(pid)}`));
}

/** Gives the group `graceMs` to end by itself, then kills what is left. Returns the command lines of what had to be killed. */
export async function endGroup(groupId: number, graceMs: number): Promise<readonly string[]> {
  const deadline = Date.now() + graceMs;
  let left = await groupMembers(groupId);
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    left = await groupMembers(groupId);
  }
  if (left.length > 0) signalGroup(groupId, 'SIGKILL');
  return left;
}

/** Whether there was anybody in the group to be told. */
export function signalGroup(groupId: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-groupId, name);
    return true;
  } catch {
    return false;
  }
}

async function commandLine(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.replaceAll('\0', ' ').trim();
}
