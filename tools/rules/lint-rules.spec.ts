import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

describe('the lint rules', () => {
  it.each([
    ['the environment', `export const url = process.env['MONGO_URL'];`, 'no-restricted-properties'],
    ['the environment by import', `import { env } from 'node:process';\nexport default env;`, 'no-restricted-imports'],
    ['the console', `console.log('hello');`, 'no-console'],
    ['any', `export const anything: any = 1;`, '@typescript-eslint/no-explicit-any'],
  ])('keep %s out of libs and apps', async (_, code, rule) => {
    expect(await lint(code, 'libs/core/src/kernel/clock.ts')).toEqual([rule]);
    expect(await lint(code, 'apps/worker/src/main.ts')).toEqual([rule]);
  });

  it.each(['libs/ops/src/config/environment.ts', 'libs/rabbitmq/src/x.integration.ts', 'tools/token/main.ts'])(
    'let %s read the environment',
    async (file) => {
      expect(await lint(`export const url = process.env['MONGO_URL'];`, file)).toEqual([]);
    },
  );
});

// The rules that need types are left out: asking for types takes ten times as long.
const eslint = new ESLint({
  cwd: join(import.meta.dirname, '..', '..'),
  overrideConfig: { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] },
});

async function lint(code: string, filePath: string): Promise<readonly (string | null)[]> {
  const results = await eslint.lintText(code, { filePath });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)).sort();
}
