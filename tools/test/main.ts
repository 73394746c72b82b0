import { availableParallelism } from 'node:os';
import { ensureServers } from '../servers/ensure-servers.js';
import { type Servers } from '../servers/servers.js';
import { browserStep } from './browser-step.js';
import { commandStep } from './command-step.js';
import { jestStep } from './jest-step.js';
import { runSteps, type StepNews } from './run-steps.js';
import { oneResult, type Step, type StepResult } from './step.js';

const MINUTE_MS = 60_000;

/** Silence for longer than this looks like a hang. */
const HEARTBEAT_MS = 15_000;

const SERVER_VARIABLES = ['RABBITMQ_URL', 'RABBITMQ_MANAGEMENT_URL', 'MONGO_URL'];

/**
 * `npm test`: everything that must hold, in one run. Ends with the line `N passed, N failed` and leaves nothing running. Exit code 1
 * when anything failed, 130 when it was interrupted.
 */
export async function main(): Promise<void> {
  const began = Date.now();
  const abort = new AbortController();
  const interrupt = (): void => {
    if (!abort.signal.aborted) console.log('\n  interrupted: stopping what was started …');
    abort.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);

  let servers: Servers | undefined;
  const serversStep: Step = {
    name: 'servers',
    needs: [],
    after: [],
    run: async (signal) => {
      servers = await ensureServers({ profile: 'test', signal });
      return oneResult(true, 'servers', servers.how);
    },
  };
  const running = new Map<string, number>();
  const heartbeat = setInterval(() => tellRunning(running), HEARTBEAT_MS);
  const results = await runSteps(
    stepsOf(serversStep, () => servers),
    abort.signal,
    newsOf(running),
  );
  clearInterval(heartbeat);
  await servers?.stop();

  tellEnd(results, Date.now() - began);
  process.exit(abort.signal.aborted ? 130 : results.some(({ failed }) => failed > 0) ? 1 : 0);
}

function stepsOf(serversStep: Step, servers: () => Servers | undefined): readonly Step[] {
  const processors = Math.max(2, availableParallelism());
  return [
    commandStep('types and build', ['tools/run.mjs', 'build'], {
      limitMs: 8 * MINUTE_MS,
    }),
    serversStep,
    browserStep,
    jestStep('tests on real servers', {
      project: 'servers',
      needs: ['servers', 'types and build'],
      after: ['browser'],
      env: () => withServers(process.env, servers()),
      // They wait for servers more than they compute.
      workers: processors + 1,
      limitMs: 14 * MINUTE_MS,
      givesWay: false,
      secondTry: true,
      onLine: (line) => {
        if (/^(PASS |FAIL |AGAIN)/.test(line)) console.log(`    ${line}`);
      },
    }),
    jestStep('unit tests', {
      project: 'unit',
      needs: [],
      after: ['types and build'],
      env: () => withoutServers(process.env),
      workers: processors,
      limitMs: 10 * MINUTE_MS,
      givesWay: true,
      secondTry: false,
      onLine: () => undefined,
    }),
    // One after the other, in the time that the tests on real servers wait for something.
    ...inTurn('types and build', [
      commandStep('types of tests', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'], {
        limitMs: 8 * MINUTE_MS,
        givesWay: true,
      }),
      commandStep('lint', ['node_modules/eslint/bin/eslint.js', '.'], { limitMs: 10 * MINUTE_MS, givesWay: true }),
      commandStep(
        'import rules',
        [
          'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
          '--config',
          '.dependency-cruiser.cjs',
          'apps',
          'libs',
          'tools',
        ],
        { limitMs: 6 * MINUTE_MS, givesWay: true },
      ),
      commandStep('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'], {
        limitMs: 6 * MINUTE_MS,
        givesWay: true,
      }),
    ]),
    faultStep,
  ];
}

/** Each waits for the one before it, the first for `first`, however that ended. */
function inTurn(first: string, steps: readonly Step[]): readonly Step[] {
  return steps.map((step, index) => ({ ...step, after: [steps[index - 1]?.name ?? first] }));
}

/** The short form of `npm run faults`, on servers of its own, because it kills them. Seeded, so that a failure repeats. */
const faultStep: Step = {
  ...commandStep('fault run (short)', ['tools/run.mjs', 'faults', '--short', '--seed', '7'], {
    limitMs: 6 * MINUTE_MS,
  }),
  needs: ['types and build'],
  after: ['tests on real servers'],
};

/** Unit tests do no I/O; without the variables they cannot even try. */
function withoutServers(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SERVER_VARIABLES.includes(name)));
}

function withServers(env: NodeJS.ProcessEnv, servers: Servers | undefined): NodeJS.ProcessEnv {
  return {
    ...withoutServers(env),
    RABBITMQ_URL: servers?.rabbitmqUrl,
    RABBITMQ_MANAGEMENT_URL: servers?.rabbitmqManagementUrl,
    MONGO_URL: servers?.mongoUrl,
  };
}

function newsOf(running: Map<string, number>): StepNews {
  return {
    began: ({ name }) => {
      running.set(name, Date.now());
      console.log(`▸ ${name} …`);
    },
    ended: ({ name }, { passed, failed, output, unsteady = [] }, durationMs) => {
      running.delete(name);
      const seconds = (durationMs / 1000).toFixed(1);
      console.log(`${failed === 0 ? '✔' : '✘'} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
      if (failed > 0 || unsteady.length > 0) console.log(indented(output));
    },
  };
}

function tellRunning(running: ReadonlyMap<string, number>): void {
  const names = [...running].map(([name, since]) => `${name} (${Math.round((Date.now() - since) / 1000)} s)`);
  if (names.length > 0) console.log(`  … ${names.join(', ')}`);
}

function tellEnd(results: readonly StepResult[], durationMs: number): void {
  const failures = results.flatMap((result) => result.failures);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ✘ ${failure}`).join('\n')}`);
  const unsteady = results.flatMap((result) => result.unsteady ?? []);
  if (unsteady.length > 0)
    console.log(
      `\nUnsteady: failed beside others and passed alone; to be looked into:\n${unsteady.map((test) => `  ? ${test}`).join('\n')}`,
    );
  console.log(`\nTook ${Math.round(durationMs / 1000)} s.`);
  const sum = (of: (result: StepResult) => number): number => results.reduce((total, result) => total + of(result), 0);
  console.log(`${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`);
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
