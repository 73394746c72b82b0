/**
 * The one entry of `npm start`, `npm test` and `npm run servers|bench|faults|build`, in plain JavaScript because it runs before anything is installed:
 * checks the Node version, installs the dependencies when they are missing or older than the lock file, then runs
 * `tools/<command>/main.ts` through tsx in this same process (one process, so that signals arrive once).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** NestJS 12 is ESM and is loaded by `require(esm)`, which Node has without a flag since 20.19. */
const OLDEST_NODE = [20, 19];
/** Errors whose message says everything: no stack trace. */
const EXPLAINED = ['PlainError', 'ConfigError', 'AppError'];

const COMMANDS = ['start', 'test', 'servers', 'bench', 'faults', 'build'];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);

checkNode();
checkCommand();
process.chdir(root);
installDependencies();
await run();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  end(
    `This needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}. Install the current LTS from https://nodejs.org and run the command again.`,
  );
}

function checkCommand() {
  if (COMMANDS.includes(command)) return;
  end(`Say which of ${COMMANDS.join(', ')} to run: node tools/run.mjs <command> [arguments]`);
}

/**
 * Installs when node_modules is not what the lock file says. A stamp with the lock file's hash makes the usual case quick. What is
 * there already is brought up to date in place: servers that an earlier run started may still load modules from it.
 */
function installDependencies() {
  const stampFile = join('node_modules', '.installed-for');
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const stamp = `${lock} node ${process.versions.node.split('.')[0]} ${process.platform} ${process.arch}\n`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!isInstalled()) {
    const isStale = existsSync(join('node_modules', '.package-lock.json'));
    console.log(isStale ? 'Dependencies are older than the lock file; updating them …' : 'Installing dependencies …');
    const began = Date.now();
    install(isStale ? ['install', '--no-save'] : ['ci']);
    console.log(`Dependencies installed in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
  }
  writeFileSync(stampFile, stamp);
}

function install(command) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = [...command, '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(npm, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) end(`npm could not be started (${error.message}). It comes with Node; check that it is on the PATH.`);
  if (status !== 0) {
    end(
      `npm ${command[0]} failed; its own message is above. Check the network and the npm registry, then run the command again.`,
    );
  }
}

/** npm keeps what it installed in node_modules/.package-lock.json. */
function isInstalled() {
  const installedFile = join('node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

async function run() {
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import(pathToFileURL(join(root, 'tools', command, 'main.ts')).href);
  try {
    await main(args);
  } catch (error) {
    if (EXPLAINED.includes(error?.name)) end(error.message);
    throw error;
  }
}

function end(message) {
  console.error(message);
  process.exit(1);
}
