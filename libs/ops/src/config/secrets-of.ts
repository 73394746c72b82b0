import { type Environment } from './config-rule.js';
import { type ConfigSchema, type Variables } from './config-schema.js';
import { readEnvironment } from './environment.js';

/**
 * The secret values of an app's environment, for the logger to hide wherever they turn up. Of an address only its password
 * counts: the address itself may be named.
 */
export function secretsOf<V extends Variables, Config>(
  schema: ConfigSchema<V, Config>,
  env: Environment = readEnvironment(),
): readonly string[] {
  return Object.entries(schema.variables)
    .filter(([, variable]) => variable.secret)
    .flatMap(([name]) => secretsIn(env[name]?.trim() ?? ''));
}

function secretsIn(value: string): readonly string[] {
  if (!URL.canParse(value)) return value === '' ? [] : [value];
  const { password } = new URL(value);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
