import type { Renderer, Rendering, Template, Variables } from '@earlybird/core';

/** Fills `{{ name }}` with the variable of that name; knows nothing else of templates. */
export const plainRenderer: Renderer = {
  render({ body }: Template, variables: Variables): Rendering {
    const named = [...body.matchAll(hole)].map(([, name = '']) => name);
    const missing = [...new Set(named)].filter((name) => !Object.hasOwn(variables, name));
    if (missing.length > 0) return { ok: false, reason: 'missing_variable', missing };
    return { ok: true, text: body.replace(hole, (_, name: string) => String(variables[name])) };
  },
};

const hole = /\{\{\s*(\w+)\s*\}\}/g;
