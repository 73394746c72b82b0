import { writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

/**
 * Lets every other program of this machine go before this one and those it will start. A wish: where the system refuses it, the
 * program runs like the others.
 */
export async function giveWay(pid: number): Promise<void> {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    return;
  }
  // Linux weighs whole sessions against each other (sched(7), autogroup): a priority alone counts only inside its session.
  await writeFile(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_LOW)).catch(() => undefined);
}
