import { ConfigError, type ConfigFault } from './config-fault.js';
import { type Environment } from './config-rule.js';
import { type ConfigSchema, type Values, type Variables } from './config-schema.js';
import { freezeDeep } from './freeze-deep.js';
import { type Variable } from './variable.js';

/**
 * Reads an app's configuration out of its environment and freezes it.
 *
 * @throws {ConfigError} naming every variable that is missing or wrong, all of them at once
 */
export function loadConfig<V extends Variables, Config>(
  schema: ConfigSchema<V, Config>,
  environment: Environment,
): Config {
  const env = withoutBlanks(environment);
  const { values, faults } = readVariables(schema.variables, env);
  for (const rule of schema.rules) {
    faults.push(...rule(env).filter(isNotAmong(faults)).map(withExample(schema.variables)));
  }
  if (faults.length > 0) throw new ConfigError(schema.app, faults);
  return freezeDeep(schema.slices(values));
}

function withoutBlanks(environment: Environment): Environment {
  const entries = Object.entries(environment).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''));
}

function readVariables<V extends Variables>(variables: V, env: Environment) {
  const faults: ConfigFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const given = env[name];
    const result = variable.schema.safeParse(given);
    if (variable.secret && given === variable.example) {
      faults.push({ variable: name, problem: 'still holds the placeholder of .env.example: put the real value there' });
    } else if (result.success) values[name] = result.data;
    else faults.push(faultOf(name, variable, given, result.error.issues[0]?.message ?? 'is not valid'));
  }
  return { values: values as Values<V>, faults };
}

function faultOf(name: string, variable: Variable, given: string | undefined, message: string): ConfigFault {
  const example = exampleOf(name, variable);
  if (given === undefined) return { variable: name, problem: 'is missing', example };
  return { variable: name, problem: variable.secret ? message : `${message}, but is "${given}"`, example };
}

function withExample(variables: Variables) {
  return (fault: ConfigFault): ConfigFault => {
    const variable = variables[fault.variable];
    return variable === undefined || !fault.problem.startsWith('is missing')
      ? fault
      : { ...fault, example: exampleOf(fault.variable, variable) };
  };
}

const exampleOf = (name: string, variable: Variable) => `${name}=${variable.example}`;

const isNotAmong = (faults: readonly ConfigFault[]) => (fault: ConfigFault) =>
  !faults.some((known) => known.variable === fault.variable);
