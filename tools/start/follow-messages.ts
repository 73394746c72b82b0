import { z } from 'zod';

const changeSchema = z.object({
  messages: z.array(z.object({ id: z.string(), recipient: z.string(), text: z.string().nullish() })),
});

/** Enough of a message to recognise it. */
const SHOWN_CHARACTERS = 100;

/** Remembered so that a message is shown once, although every receipt changes it; the oldest are forgotten. */
const REMEMBERED = 10_000;

/** Tells of each message that reaches the simulator, once, with the phone masked, until `signal` aborts. Comes back after a loss. */
export async function followMessages(
  simulatorUrl: string,
  signal: AbortSignal,
  tell: (recipient: string, text: string) => void,
): Promise<void> {
  const seen = new Set<string>();
  while (!signal.aborted) {
    try {
      const response = await fetch(`${simulatorUrl}/live`, { signal });
      let buffered = '';
      for await (const chunk of response.body ?? []) {
        buffered += Buffer.from(chunk as Uint8Array).toString();
        const events = buffered.split('\n\n');
        buffered = events.pop() ?? '';
        events.forEach((event) => tellNew(event, seen, tell));
      }
    } catch {
      // Told to stop, or the simulator is being started again: the loop's condition decides.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

function tellNew(event: string, seen: Set<string>, tell: (recipient: string, text: string) => void): void {
  const data = /^data: (.*)$/m.exec(event)?.[1];
  const change = data === undefined ? undefined : changeSchema.safeParse(JSON.parse(data)).data;
  for (const { id, recipient, text } of change?.messages ?? []) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (seen.size > REMEMBERED) seen.delete([...seen][0] ?? '');
    tell(masked(recipient), shortened(text ?? '(template)'));
  }
}

function masked(phone: string): string {
  return phone.replace(/^(\+?\d{2})\d+(\d{4})$/, '$1******$2');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line;
}
