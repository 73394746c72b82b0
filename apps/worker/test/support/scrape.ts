import { type SystemProcess } from '@earlybird/testing';

/** What a process exposes to Prometheus, by line. Throws when it does not answer. */
export async function scrape(process: SystemProcess | undefined): Promise<readonly string[]> {
  const url = new URL('/metrics', process?.settings.readyUrl);
  const answer = await fetch(url, { headers: { connection: 'close' } });
  return (await answer.text()).split('\n');
}

/** The value of one series, written as Prometheus does with all its labels; undefined when it is not there. */
export function valueOf(lines: readonly string[], series: string): number | undefined {
  const line = lines.find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}
