/** The health check of a container: exit code 0 when the given URL answers 2xx within two seconds, 1 and the reason otherwise. */
const [url] = process.argv.slice(2);
if (url === undefined) {
  console.error('usage: probe URL');
  process.exit(2);
}

const limitMs = 2_000;

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
  if (!response.ok) throw new Error(`${response.status} ${(await response.text()).slice(0, 500)}`);
} catch (error) {
  console.error(`${url}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
