/**
 * The import rules of the architecture, one rule each, without exemptions. `tools/rules/import-rules.spec.ts` plants a
 * violation of every rule and expects exactly that rule to catch it. Fault runs and
 * benchmarks are tests too, of whole systems.
 */
const testCode = '\\.(spec|integration|e2e)\\.ts$|^(apps|libs)/[^/]+/test/|^libs/testing/|^tools/(faults|bench)/';

/** What each adapter may bring along beside the schema library: its one technology. Types of a package count as the package. */
const technologies = {
  rabbitmq: 'amqplib',
  // Published templates are kept in a bounded cache, as are compiled ones below.
  mongodb: 'mongoose|mongodb|bson|lru-cache',
  // Dates are a part of what templates say.
  nunjucks: 'nunjucks|luxon|lru-cache',
  // axios is the client, undici the cheaper transport below it.
  myoperator: 'axios|undici',
  // Logs, metrics, traces.
  ops: 'pino|prom-client|@opentelemetry/[^/]+',
};
const adapters = Object.keys(technologies).join('|');
/** Where these may stand is ruled by nest-only-in-modules. */
const nest = '@nestjs/[^/]+|rxjs|reflect-metadata';

module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment: 'core decides; it knows no framework, broker, database, renderer, HTTP client or clock.',
      severity: 'error',
      from: { path: '^libs/core/', pathNot: testCode },
      to: { pathNot: ['^libs/core/', '^libs/events/', '^(node:)?crypto$', '^node_modules/(libphonenumber-js|zod)/'] },
    },
    {
      name: 'core-takes-only-types-of-events',
      comment: 'The schemas reach core through the EventCatalogue that the worker hands in.',
      severity: 'error',
      from: { path: '^libs/core/', pathNot: testCode },
      to: { path: '^libs/events/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'events-stand-alone',
      comment:
        'Other teams install libs/events: it may bring amqplib, the schema library and MongoDB types, nothing of ours.',
      severity: 'error',
      from: { path: '^libs/events/', pathNot: testCode },
      to: {
        pathNot: ['^libs/events/', '^node_modules/(@types/)?(amqplib|zod|mongodb)/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'flow-comes-last',
      comment: 'Concepts do not know the use cases that combine them; only core/index.ts exports flow.',
      severity: 'error',
      from: { path: '^libs/core/src/', pathNot: ['^libs/core/src/flow/', '^libs/core/src/index\\.ts$', testCode] },
      to: { path: '^libs/core/src/flow/' },
    },
    {
      name: 'adapters-know-only-core',
      comment: 'An adapter knows core, not even the types of another adapter or of an app.',
      severity: 'error',
      from: { path: `^libs/(${adapters})/`, pathNot: ['^libs/rabbitmq/', testCode] },
      to: { path: '^(libs|apps)/', pathNot: ['^libs/$1/', '^libs/core/', '^libs/testing/'] },
    },
    {
      name: 'rabbitmq-knows-core-and-events',
      comment: 'As every adapter, but it shares the confirm publisher with libs/events.',
      severity: 'error',
      from: { path: '^libs/rabbitmq/', pathNot: testCode },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(rabbitmq|core|events|testing)/' },
    },
    ...Object.entries(technologies).map(([adapter, packages]) => ({
      name: `${adapter}-has-one-technology`,
      comment: `The adapter is named after what it knows: ${packages.replaceAll('|', ', ')}.`,
      severity: 'error',
      from: { path: `^libs/${adapter}/`, pathNot: testCode },
      to: { path: '^node_modules/', pathNot: `^node_modules/((@types/)?(${packages})|zod|${nest})/` },
    })),
    {
      name: 'opentelemetry-is-loaded-on-demand',
      comment: 'A process that no collector is named to loads nothing of it: the way in is one dynamic import.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/ops/src/trace/otlp/', testCode] },
      to: { path: '^(node_modules/@opentelemetry|libs/ops/src/trace/otlp)/', dynamic: false },
    },
    {
      name: 'nest-only-in-modules',
      comment:
        'Classes of libs are plain. Nest wires them in *.module.ts; a transport strategy is a Nest class by nature.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['\\.(module|strategy)\\.ts$', testCode] },
      to: { path: `^node_modules/(${nest})/` },
    },
    {
      name: 'test-code-only-in-tests',
      comment: 'Tests, their fixtures and libs/testing never reach production.',
      severity: 'error',
      from: { pathNot: testCode },
      to: { path: testCode },
    },
    {
      name: 'front-door-only',
      comment: 'Another lib is reached through its src/index.ts only.',
      severity: 'error',
      from: { path: '^((?:libs|apps)/[^/]+|tools)/' },
      to: { path: '^libs/', pathNot: ['^$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'by-name-only',
      comment: 'Another lib is called by its name, @earlybird/…, so that a folder can move.',
      severity: 'error',
      from: { path: '^((?:libs|apps)/[^/]+|tools)/' },
      to: { path: '^libs/[^/]+/src/index\\.ts$', pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'apps-do-not-meet',
      comment: 'Apps talk over the broker and over HTTP; none imports another. Nothing imports an app.',
      severity: 'error',
      from: { path: '^((?:libs|apps)/[^/]+|tools)/' },
      to: { path: '^apps/', pathNot: '^$1/' },
    },
    {
      name: 'tools-are-not-shipped',
      comment: 'What runs in production does not lean on the tools beside it.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: testCode },
      to: { path: '^tools/' },
    },
    {
      name: 'production-has-no-development-package',
      comment: 'Images are built without devDependencies: what a running process imports is a dependency.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: testCode },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'packages-are-declared',
      comment: 'A package that only another package brings along may be gone tomorrow.',
      severity: 'error',
      from: { path: '^(libs|apps|tools)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports-resolve',
      comment: 'An import that leads nowhere is seen by no other rule.',
      severity: 'error',
      from: { path: '^(libs|apps|tools)/' },
      to: { couldNotResolve: true },
    },
    { name: 'no-cycles', comment: 'Nothing needs itself.', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
