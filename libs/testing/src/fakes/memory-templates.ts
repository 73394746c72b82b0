import {
  type MessageType,
  type Template,
  type TemplateDraft,
  type TemplateLibrary,
  type TemplateObjection,
  type TemplateVersion,
  fallbackLanguage,
  messageTypeNames,
} from '@earlybird/core';
import { aTemplate } from '../builders/a-template.js';
import { turn } from './memory-log.js';

/** Templates in memory. */
export class MemoryTemplates implements TemplateLibrary {
  private templates: readonly Template[] = [];

  /** One published English template for each of the ten message types. */
  static seeded(): MemoryTemplates {
    const templates = new MemoryTemplates();
    for (const messageType of messageTypeNames) templates.put(aTemplate({ messageType }));
    return templates;
  }

  /** Forgets all of them. */
  clear(): void {
    this.templates = [];
  }

  /** Stores a version as it is; a published one takes the place of the one before. */
  put(template: Template): void {
    const others = this.templates.filter(
      (known) => !(isSamePlace(known, template) && known.version === template.version),
    );
    const retiring = others.map((known): Template =>
      template.state === 'published' && known.state === 'published' && isSamePlace(known, template)
        ? { ...known, state: 'retired' }
        : known,
    );
    this.templates = [...retiring, template].sort(byPlace);
  }

  async findPublished(messageType: MessageType, language: string): Promise<Template | undefined> {
    await turn();
    const published = this.templates.filter(
      (known) => known.messageType === messageType && known.state === 'published',
    );
    return (
      published.find((template) => template.language === language) ??
      published.find((template) => template.language === fallbackLanguage)
    );
  }

  async object(which: TemplateVersion, objection: TemplateObjection): Promise<boolean> {
    await turn();
    const known = this.templates.find((each) => isSamePlace(each, which) && each.version === which.version);
    if (known?.state !== 'published') return false;
    const { reason, until } = known.objection ?? {};
    const isNews = reason !== objection.reason || (until !== undefined && until <= objection.at);
    if (isNews) this.put({ ...known, objection });
    return isNews;
  }

  async list(): Promise<readonly Template[]> {
    await turn();
    return this.templates.filter(({ state }) => state !== 'retired');
  }

  async findVersions(messageType: MessageType): Promise<readonly Template[]> {
    await turn();
    const versions = this.templates.filter((known) => known.messageType === messageType);
    return versions.sort((left, right) => right.version - left.version);
  }

  async save(draft: TemplateDraft, at: Date): Promise<Template> {
    await turn();
    const numbers = this.templates.filter((known) => isSamePlace(known, draft)).map(({ version }) => version);
    const template = { ...draft, version: Math.max(0, ...numbers) + 1, state: 'draft', createdAt: at } as const;
    this.put(template);
    return template;
  }

  async publish(messageType: MessageType, language: string, version: number): Promise<Template | undefined> {
    await turn();
    const known = this.templates.find(
      (each) => isSamePlace(each, { messageType, language }) && each.version === version,
    );
    if (known === undefined) return undefined;
    const { objection: _, ...rest } = known;
    const published = { ...rest, state: 'published' } as const;
    this.put(published);
    return published;
  }
}

type Place = Pick<Template, 'messageType' | 'language'>;

function isSamePlace(left: Place, right: Place): boolean {
  return left.messageType === right.messageType && left.language === right.language;
}

function byPlace(left: Template, right: Template): number {
  return (
    left.messageType.localeCompare(right.messageType) ||
    left.language.localeCompare(right.language) ||
    left.version - right.version
  );
}
