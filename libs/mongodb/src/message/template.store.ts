import {
  AppError,
  type Clock,
  type MessageType,
  type Template,
  type TemplateDraft,
  type TemplateLibrary,
  type TemplateObjection,
  type TemplateVersion,
  fallbackLanguage,
  heldUntil,
} from '@earlybird/core';
import { type Model, type QueryFilter } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { CachedValue } from './cached-value.js';
import { toStoredTemplate, toTemplate } from './template.mapper.js';
import { type StoredTemplate, templateSchema } from './template.schema.js';

/** How old a published template may be (core, TemplateStore). All of them are one small query, kept as one value. */
const cacheLifeMs = 5_000;
/** Somebody else saving or publishing the same template at the same moment costs one round; more than this is no coincidence. */
const mostRounds = 10;

/** Templates in `notification_templates`, one document a version. */
export class MongoTemplateStore implements TemplateLibrary {
  private readonly templates: Model<StoredTemplate>;
  private readonly published: CachedValue<ReadonlyMap<string, Template>>;

  constructor(
    private readonly connection: MongoConnection,
    private readonly clock: Pick<Clock, 'now' | 'steadyMs'>,
  ) {
    this.templates = connection.model(collectionNames.templates, templateSchema);
    this.published = new CachedValue(() => this.loadPublished(), cacheLifeMs, clock);
  }

  async findPublished(messageType: MessageType, language: string): Promise<Template | undefined> {
    const known = await this.inMemory(messageType, language);
    if (known === undefined || heldUntil(known, this.clock.now()) === undefined) return known;
    this.published.forget();
    return this.inMemory(messageType, language);
  }

  async object({ messageType, language, version }: TemplateVersion, objection: TemplateObjection): Promise<boolean> {
    const { reason, at } = objection;
    const isNews = [{ 'objection.reason': { $ne: reason } }, { 'objection.until': { $lte: at } }];
    const matched = await this.run('object to', async () => {
      const filter = { messageType, language, version, state: 'published', $or: isNews } as const;
      const { matchedCount } = await this.templates.updateOne(filter, { $set: { objection } });
      return matchedCount;
    });
    this.published.forget();
    return matched === 1;
  }

  list(): Promise<readonly Template[]> {
    return this.find({ state: { $in: ['published', 'draft'] } }, { messageType: 1, language: 1, version: 1 });
  }

  findVersions(messageType: MessageType): Promise<readonly Template[]> {
    return this.find({ messageType }, { language: 1, version: -1 });
  }

  save(draft: TemplateDraft, at: Date): Promise<Template> {
    const { messageType, language } = draft;
    return this.rounds('save', async () => {
      const newest = await this.templates
        .findOne({ messageType, language })
        .sort({ version: -1 })
        .lean<StoredTemplate>();
      const version = (newest?.version ?? 0) + 1;
      const template: Template = { ...draft, version, state: 'draft', createdAt: at };
      await this.templates.create([toStoredTemplate(template)]);
      return template;
    });
  }

  async publish(messageType: MessageType, language: string, version: number): Promise<Template | undefined> {
    const template = await this.rounds('publish', () => this.moveTo(messageType, language, version));
    this.published.forget();
    return template;
  }

  /**
   * Retires, publishes, and lets the retired one go: it serves readers until its successor is published, so that a crash
   * in between costs nobody a message. Publishing again repairs what a crash left.
   */
  private async moveTo(messageType: MessageType, language: string, version: number): Promise<Template | undefined> {
    const which = { messageType, language };
    const wanted = await this.templates.findOne({ ...which, version }).lean<StoredTemplate>();
    if (wanted === null) return undefined;
    await this.templates.updateMany(
      { ...which, state: 'published', version: { $ne: version } },
      { $set: { state: 'retired', yieldsTo: version } },
    );
    await this.templates.updateOne(
      { ...which, version },
      { $set: { state: 'published' }, $unset: { yieldsTo: '', objection: '' } },
    );
    await this.templates.updateMany({ ...which, yieldsTo: { $exists: true } }, { $unset: { yieldsTo: '' } });
    const { objection: _, ...published } = toTemplate(wanted);
    return { ...published, state: 'published' };
  }

  private async inMemory(messageType: MessageType, language: string): Promise<Template | undefined> {
    const published = await this.published.get();
    return published.get(keyOf(messageType, language)) ?? published.get(keyOf(messageType, fallbackLanguage));
  }

  private async loadPublished(): Promise<ReadonlyMap<string, Template>> {
    const serving = await this.run('find published', () =>
      this.templates
        .find({ $or: [{ state: 'published' }, { yieldsTo: { $exists: true } }] })
        .sort({ version: 1 })
        .lean<StoredTemplate[]>(),
    );
    // Those that only serve until their successor is there come first, so that a published one takes their place.
    const inOrder = [...serving].sort(
      (left, right) => Number(left.state === 'published') - Number(right.state === 'published'),
    );
    return new Map(inOrder.map((stored) => [keyOf(stored.messageType, stored.language), toTemplate(stored)]));
  }

  private find(filter: QueryFilter<StoredTemplate>, sort: Record<string, 1 | -1>) {
    return this.run('find', async () => {
      const stored = await this.templates.find(filter).sort(sort).lean<StoredTemplate[]>();
      return stored.map(toTemplate);
    });
  }

  /** Repeats a step that somebody else's same step at the same moment may spoil: unique indexes say so. */
  private rounds<Result>(step: string, round: () => Promise<Result>): Promise<Result> {
    return this.run(step, async () => {
      for (let count = 1; count <= mostRounds; count += 1) {
        try {
          return await round();
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
      throw new AppError('invariant_broken', `${step}: somebody else was faster ${mostRounds} times`);
    });
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} on ${collectionNames.templates}`, work);
  }
}

function keyOf(messageType: MessageType, language: string): string {
  return `${messageType}|${language}`;
}
