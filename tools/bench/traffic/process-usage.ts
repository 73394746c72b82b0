import { readFile } from 'node:fs/promises';
import { PlainError } from '../../plain-error.js';

/** The kernel counts processor time in hundredths of a second, on every Linux. */
const msPerTick = 10;
const bytesPerPage = 4_096;
/** Fields of /proc/PID/stat behind the name, which may hold blanks (proc(5)): utime and stime. */
const [userField, systemField] = [11, 12];

/** Processor time that a process has used so far, all its threads together, in milliseconds. */
export async function cpuMs(pid: number): Promise<number> {
  const text = await read(pid, 'stat');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[userField]) + Number(fields[systemField])) * msPerTick;
}

/** Memory of a process that is resident, in megabytes. */
export async function residentMb(pid: number): Promise<number> {
  const [, pages] = (await read(pid, 'statm')).split(' ');
  return (Number(pages) * bytesPerPage) / 2 ** 20;
}

function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => {
    throw new PlainError('Processor time and memory of a process are read from /proc: measure on Linux.');
  });
}
