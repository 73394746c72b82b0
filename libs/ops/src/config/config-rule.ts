import { type ConfigFault } from './config-fault.js';

/** The environment as text; a blank variable is absent. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A rule between variables. It sees the text as given, so that it is checked even when another variable is faulty. */
export type ConfigRule = (env: Environment) => readonly ConfigFault[];

/** Every one of `names` must be given while `applies` holds; `because` tells why: "MYOPERATOR_API is chat". */
export function requireAll(
  names: readonly string[],
  applies: (env: Environment) => boolean,
  because: string,
): ConfigRule {
  return (env) =>
    applies(env)
      ? names
          .filter((name) => env[name] === undefined)
          .map((variable) => ({ variable, problem: `is missing (required because ${because})` }))
      : [];
}

/** At least one of `names` must be given. The fault is reported at the first of them. */
export function requireAny(names: readonly [string, ...string[]], purpose: string): ConfigRule {
  return (env) =>
    names.some((name) => env[name] !== undefined)
      ? []
      : [{ variable: names[0], problem: `is missing: ${purpose}, set ${names.join(' or ')}` }];
}

/** At most one of `names` may be given. */
export function allowOne(names: readonly [string, string], reason: string): ConfigRule {
  return (env) =>
    env[names[0]] !== undefined && env[names[1]] !== undefined
      ? [{ variable: names[1], problem: `must not be set beside ${names[0]}: ${reason}` }]
      : [];
}

/** Variables that make sense only together: all of them or none. */
export function requireTogether(names: readonly string[]): ConfigRule {
  return (env) => {
    const given = names.filter((name) => env[name] !== undefined);
    if (given.length === 0) return [];
    return names
      .filter((name) => env[name] === undefined)
      .map((variable) => ({ variable, problem: `is missing (required because ${given.join(', ')} is set)` }));
  };
}

/** Two names for one setting must not contradict each other; `same` decides whether two texts mean the same. */
export function requireEqual(name: string, alias: string, same: (a: string, b: string) => boolean): ConfigRule {
  return (env) => {
    const [value, other] = [env[name], env[alias]];
    if (value === undefined || other === undefined || same(value, other)) return [];
    return [{ variable: alias, problem: `is another name of ${name} and differs from it: keep one of them` }];
  };
}
