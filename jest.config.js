/** Shared by both projects: TypeScript through swc, ES modules as they are, our libs by their front door. */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@earlybird/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts',
    // Its ES module imports JSON in a way that Jest is about to refuse, and warns of at length.
    '^libphonenumber-js/mobile$': '<rootDir>/node_modules/libphonenumber-js/mobile/index.cjs',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** `unit` needs nothing but Node; `servers` needs RABBITMQ_URL and MONGO_URL, which `npm test` provides. */
export default {
  // A limit that only a test that hangs can reach: what a test waits for, it waits for by condition.
  testTimeout: 180_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,tools}/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'servers',
      testMatch: ['<rootDir>/{apps,libs,tools}/**/*.{integration,e2e}.ts'],
    },
  ],
};
