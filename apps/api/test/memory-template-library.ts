import {
  fallbackLanguage,
  type MessageType,
  type Template,
  type TemplateDraft,
  type TemplateLibrary,
} from '@earlybird/core';

/** Templates in memory, as their authors see them. */
export class MemoryTemplateLibrary implements TemplateLibrary {
  private templates: readonly Template[];

  constructor(templates: readonly Template[]) {
    this.templates = templates;
  }

  async findPublished(messageType: MessageType, language: string): Promise<Template | undefined> {
    const published = this.templates.filter((one) => one.messageType === messageType && one.state === 'published');
    return (
      published.find((one) => one.language === language) ?? published.find((one) => one.language === fallbackLanguage)
    );
  }

  async list(): Promise<readonly Template[]> {
    return this.templates.filter(({ state }) => state !== 'retired');
  }

  async findVersions(messageType: MessageType): Promise<readonly Template[]> {
    return this.templates
      .filter((one) => one.messageType === messageType)
      .sort((left, right) => left.language.localeCompare(right.language) || right.version - left.version);
  }

  async save(draft: TemplateDraft, at: Date): Promise<Template> {
    const known = this.templates.filter((one) => isSamePlace(one, draft)).map(({ version }) => version);
    const saved: Template = { ...draft, version: Math.max(0, ...known) + 1, state: 'draft', createdAt: at };
    this.templates = [...this.templates, saved];
    return saved;
  }

  async publish(messageType: MessageType, language: string, version: number): Promise<Template | undefined> {
    const wanted = this.templates.find((one) => isSamePlace(one, { messageType, language }) && one.version === version);
    if (wanted === undefined) return undefined;
    const published: Template = { ...wanted, state: 'published' };
    this.templates = this.templates.map((one): Template => {
      if (one === wanted) return published;
      return isSamePlace(one, wanted) && one.state === 'published' ? { ...one, state: 'retired' } : one;
    });
    return published;
  }
}

type Place = Pick<Template, 'messageType' | 'language'>;

function isSamePlace(left: Place, right: Place): boolean {
  return left.messageType === right.messageType && left.language === right.language;
}
