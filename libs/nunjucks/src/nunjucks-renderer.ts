import type { Renderer, Rendering, Template, TemplateCheck, TemplateChecker, Variables } from '@earlybird/core';
import { LRUCache } from 'lru-cache';
import { parameterTexts } from './render/parameter-texts.js';
import { renderStatements } from './render/render-statements.js';
import { RenderingStopped, WorkLimit } from './render/work-limit.js';
import { parseTemplate } from './syntax/parse-template.js';
import { TemplateError } from './syntax/template-error.js';
import type { Statement } from './syntax/tree.js';
import { variablesOf } from './variables-of.js';

/** Ten types in two languages, with room for drafts and old versions; a tree takes a few kilobytes. */
const mostCached = 500;

type Parsed =
  | { readonly ok: true; readonly body: string; readonly statements: readonly Statement[] }
  | { readonly ok: false; readonly body: string; readonly error: TemplateError };

/**
 * Fills nunjucks templates, strictly and safely: nunjucks parses, but nothing of it runs. Its syntax tree is read into a
 * small language of ours (`syntax/tree.ts`) in which there is nothing to call, include or inherit from, and every rendering
 * is bounded in steps and length. A variable that is to be told and is missing, null or blank is an error with its name.
 */
export class NunjucksRenderer implements Renderer, TemplateChecker {
  private readonly cache = new LRUCache<string, Parsed>({ max: mostCached });

  render(template: Template, variables: Variables): Rendering {
    const parsed = this.parsed(template);
    if (!parsed.ok) return { ok: false, reason: 'template_broken', missing: [] };
    const missing = new Set<string>();
    try {
      const { language } = template;
      const scope = { variables, local: {}, language, limit: new WorkLimit(), missing };
      const text = renderStatements(parsed.statements, scope).trim();
      if (missing.size > 0) return { ok: false, reason: 'missing_variable', missing: [...missing] };
      if (text === '') return { ok: false, reason: 'empty', missing: [] };
      const { providerTemplate } = template;
      if (providerTemplate === undefined) return { ok: true, text };
      return { ok: true, text, parameters: parameterTexts(providerTemplate.parameters, parsed.statements, scope) };
    } catch (error) {
      return { ok: false, reason: reasonOf(error), missing: [] };
    }
  }

  check(body: string): TemplateCheck {
    const parsed = parse(body);
    if (!parsed.ok) return { ok: false, issues: [{ message: parsed.error.message, ...parsed.error.place }] };
    return { ok: true, variables: variablesOf(parsed.statements).map(({ name, place }) => ({ name, ...place })) };
  }

  private parsed({ messageType, language, version, body }: Template): Parsed {
    const key = `${messageType}|${language}|${version}`;
    const known = this.cache.get(key);
    // A draft that is only previewed has no version of its own yet.
    if (known?.body === body) return known;
    const parsed = parse(body);
    this.cache.set(key, parsed);
    return parsed;
  }
}

function parse(body: string): Parsed {
  try {
    return { ok: true, body, statements: parseTemplate(body) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { ok: false, body, error };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RenderingStopped) return error.reason;
  // Nested deeper than the stack: the template's fault, not ours.
  if (error instanceof RangeError) return 'template_broken';
  throw error;
}
