import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

/** Where distributions put it, and Google's own. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Runs as root, without a screen, and asks nobody anything. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine. Installs nothing; throws with what to do where there is none. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: flags });
}

async function chromiumPath(): Promise<string> {
  for (const place of places)
    if (
      await access(place).then(
        () => true,
        () => false,
      )
    )
      return place;
  throw new Error(
    `No Chromium at ${places.join(', ')}. Install it (Debian: apt-get install chromium) and run the test again.`,
  );
}
