import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { oneResult, type Step } from './step.js';

/** Where `apps/worker/test/support/headless-browser.ts` looks for it too. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Some 300 packages on a bare machine. */
const limitMs = 10 * 60_000;

const run = promisify(execFile);

/** A step that sees to a Chromium for the tests of pages: installed on Debian as root, asked for anywhere else. */
export const browserStep: Step = {
  name: 'browser',
  needs: [],
  after: [],
  run: async (signal) => {
    const found = places.find(existsSync);
    if (found !== undefined) return oneResult(true, 'browser', found);
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
      return oneResult(false, 'browser', `No Chromium at ${places.join(', ')}: install one and run npm test again.`);
    const options = { signal, timeout: limitMs, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    try {
      await run('apt-get', ['update', '-q'], options);
      await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], options);
    } catch (error) {
      return oneResult(false, 'browser', `apt-get could not install Chromium: ${String(error)}`);
    }
    return oneResult(places.some(existsSync), 'browser', 'installed by apt-get');
  },
};
