import type { Renderer, Rendering, Template, Variables } from '@earlybird/core';

/** Renders every template to a text that tells which version it was and for whom. */
export const fixedRenderer: Renderer = {
  render({ messageType, language, version }: Template, { customer_name: name }: Variables): Rendering {
    return { ok: true, text: `${messageType}/${language}/${version} for ${String(name)}` };
  },
};
