import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', 'docs/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A forgotten await is a lost message.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Nest reads modules and controllers that have no members.
      '@typescript-eslint/no-extraneous-class': 'off',
      // Fakes implement asynchronous ports without waiting for anything.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-console': 'error',
      // One place reads the environment, checks it and hands it down (libs/ops/src/config).
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Take it from the configuration: loadConfigOrExit.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: ['process', 'node:process'].map((name) => ({ name, importNames: ['env', 'default'] })) },
      ],
    },
  },
  {
    // Tests get their servers from the environment; tools are where a person's settings come in.
    files: [
      'libs/ops/src/config/environment.ts',
      'libs/testing/**',
      '**/*.{integration,e2e}.ts',
      '**/test/**',
      'tools/**',
    ],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  { files: ['tools/**'], rules: { 'no-console': 'off' } },
  {
    // Run by mongosh, inside the database's container.
    files: ['docker/mongodb/*.js'],
    languageOptions: { globals: { db: 'readonly', print: 'readonly', quit: 'readonly' } },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
