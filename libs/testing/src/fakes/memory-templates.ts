import {
  type MessageType,
  type Template,
  type TemplateStore,
  fallbackLanguage,
  messageTypeNames,
} from '@earlybird/core';
import { aTemplate } from '../builders/a-template.js';
import { turn } from './memory-log.js';

/** Templates in memory. */
export class MemoryTemplates implements TemplateStore {
  private readonly templates: Template[] = [];

  /** One published English template for each of the ten message types. */
  static seeded(): MemoryTemplates {
    const templates = new MemoryTemplates();
    for (const messageType of messageTypeNames) templates.put(aTemplate({ messageType }));
    return templates;
  }

  /** Takes the place of a published template of the same type and language when it is published itself. */
  put(template: Template): void {
    const others = this.templates.filter((known) => !(template.state === 'published' && isSamePlace(known, template)));
    this.templates.splice(0, Infinity, ...others, template);
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
}

function isSamePlace(left: Template, right: Template): boolean {
  return left.messageType === right.messageType && left.language === right.language && left.state === right.state;
}
