import { z } from 'zod';
import { PlainError } from '../plain-error.js';
import { type CallApi } from './call-api.js';
import { type ParkedRequest } from './parse-request.js';

const eventSchema = z.looseObject({
  id: z.string(),
  reason: z.string(),
  detail: z.string(),
  publisher: z.string(),
  routing_key: z.string(),
  parked_at: z.string(),
  settled: z.looseObject({ by: z.string(), how: z.string() }).optional(),
});
const pageSchema = z.looseObject({ events: z.array(eventSchema), next: z.string().optional() });
type ListedEvent = z.infer<typeof eventSchema>;

/** The api's largest page. */
const pageSize = 200;
/** Nobody reads more; whoever has more parked has another trouble. */
const mostListed = 2_000;
const shownIdLength = 12;

/** Does what was asked for, and answers with what to print. Throws PlainError in words. */
export async function runRequest({ action, ids, settled }: ParkedRequest, call: CallApi): Promise<string> {
  switch (action) {
    case 'list':
      return table(await listAll(call, settled), settled);
    case 'show':
      return JSON.stringify(await call('GET', `/parked/${(await wholeIds(call, ids))[0] ?? ''}`), undefined, 2);
    case 'replay':
    case 'purge': {
      const answer = await call('POST', `/parked/${action}`, { ids: await wholeIds(call, ids) });
      return JSON.stringify(answer, undefined, 2);
    }
  }
}

async function listAll(call: CallApi, settled: boolean): Promise<readonly ListedEvent[]> {
  const events: ListedEvent[] = [];
  const query = `limit=${pageSize}&state=${settled ? 'settled' : 'open'}`;
  for (let cursor: string | undefined = ''; cursor !== undefined && events.length < mostListed;) {
    const page = pageSchema.parse(await call('GET', `/parked?${query}${cursor && `&cursor=${cursor}`}`));
    events.push(...page.events);
    cursor = page.next;
  }
  return events;
}

/** Completes beginnings of ids from what is listed. */
async function wholeIds(call: CallApi, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.every((id) => id.length === 64)) return ids;
  const known = [...(await listAll(call, false)), ...(await listAll(call, true))].map(({ id }) => id);
  return ids.map((beginning) => {
    const [found, ...more] = known.filter((id) => id.startsWith(beginning));
    if (found === undefined) throw new PlainError(`no parked event begins with ${beginning}`);
    if (more.length > 0) throw new PlainError(`several parked events begin with ${beginning}: give more of it`);
    return found;
  });
}

function table(events: readonly ListedEvent[], settled: boolean): string {
  if (events.length === 0) return settled ? 'nothing was replayed or purged' : 'nothing is parked';
  const rows = events.map((event) => [
    event.id.slice(0, shownIdLength),
    event.parked_at.slice(0, 19).replace('T', ' '),
    event.publisher,
    event.routing_key,
    event.settled === undefined ? event.reason : `${event.reason}, ${event.settled.how} by ${event.settled.by}`,
    event.detail.slice(0, 80),
  ]);
  const all = [['id', 'parked at (UTC)', 'publisher', 'routing key', 'reason', 'detail'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}
