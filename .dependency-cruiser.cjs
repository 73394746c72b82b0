/**
 * The import rules of the architecture, one rule each, without exemptions. `tools/rules/import-rules.spec.ts` plants a
 * violation of every rule and expects it to be caught.
 */
const adapters = 'rabbitmq|mongodb|nunjucks|myoperator|ops';
const testCode = '\\.(spec|integration|e2e)\\.ts$|^apps/[^/]+/test/|^libs/testing/';

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
      comment: 'An adapter knows core and its technology; never another adapter, never an app.',
      severity: 'error',
      from: { path: `^libs/(${adapters})/`, pathNot: testCode },
      to: { path: '^(libs|apps)/', pathNot: ['^libs/$1/', '^libs/core/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nest-only-in-modules',
      comment:
        'Classes of libs are plain. Nest wires them in *.module.ts; a transport strategy is a Nest class by nature.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['\\.(module|strategy)\\.ts$', testCode] },
      to: { path: '^node_modules/@nestjs/' },
    },
    {
      name: 'test-code-only-in-tests',
      comment: 'libs/testing never reaches production.',
      severity: 'error',
      from: { pathNot: testCode },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'front-door-only',
      comment: 'Another lib is reached through its src/index.ts only.',
      severity: 'error',
      from: { path: '^(?:libs|apps|tools)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'apps-do-not-meet',
      comment: 'Apps talk over the broker and over HTTP; none imports another. Nothing imports an app.',
      severity: 'error',
      from: { path: '^(?:libs|apps)/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
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
