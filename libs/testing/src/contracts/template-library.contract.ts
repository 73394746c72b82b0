import type { TemplateDraft, TemplateLibrary } from '@earlybird/core';
import { aTemplate } from '../builders/a-template.js';
import { after, testStart } from '../builders/instant.js';

/** A library without templates. */
export interface TemplateLibraryUnderTest {
  readonly library: TemplateLibrary;
  close(): Promise<void>;
}

/** What every TemplateLibrary promises beyond a TemplateStore (data.md): numbered versions, at most one of them published. */
export function templateLibraryContract(name: string, makeLibrary: () => Promise<TemplateLibraryUnderTest>): void {
  describe(`${name} keeps the contract of the template library`, () => {
    let under: TemplateLibraryUnderTest;
    let library: TemplateLibrary;
    beforeAll(async () => {
      under = await makeLibrary();
      library = under.library;
    });
    afterAll(() => under.close());

    const draft = (parts: Partial<TemplateDraft>): TemplateDraft => {
      const { version: _version, state: _state, createdAt: _at, ...rest } = aTemplate(parts);
      return rest;
    };
    const saved = async (parts: Partial<TemplateDraft>, times: number) => {
      for (let time = 1; time <= times; time += 1)
        await library.save(draft({ ...parts, body: `body ${time}` }), after(time));
    };
    const statesOf = async (messageType: TemplateDraft['messageType']) =>
      (await library.findVersions(messageType)).map(({ version, state }) => `${version} ${state}`);

    it('stores an author’s template as the first draft, whole, and sends it to nobody', async () => {
      const providerTemplate = { name: 'order_v1', language: 'en', parameters: ['customer_name', 'order_id'] };
      const written = draft({ messageType: 'order_confirmation', providerTemplate, author: 'asha' });
      const stored = await library.save(written, testStart);
      expect(stored).toStrictEqual({ ...written, version: 1, state: 'draft', createdAt: testStart });
      expect(await library.findVersions('order_confirmation')).toStrictEqual([stored]);
      expect(await library.findPublished('order_confirmation', 'en')).toBeUndefined();
    });

    it('numbers versions by type and language, the newest first', async () => {
      await saved({ messageType: 'pause_confirmation' }, 2);
      await saved({ messageType: 'pause_confirmation', language: 'hi' }, 1);
      const versions = await library.findVersions('pause_confirmation');
      expect(versions.map(({ language, version }) => `${language} ${version}`).sort()).toEqual([
        'en 1',
        'en 2',
        'hi 1',
      ]);
      expect(versions[0]).toMatchObject({ language: 'en', version: 2, body: 'body 2' });
    });

    it('gives authors who save at once different versions', async () => {
      const messageType = 'delivery_delayed';
      const all = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          library.save(draft({ messageType, author: `author-${index}` }), testStart),
        ),
      );
      expect(all.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('publishes one version and retires the one before, there and back', async () => {
      const messageType = 'delivery_reminder';
      await saved({ messageType }, 3);
      for (const version of [1, 2, 1]) {
        expect(await library.publish(messageType, 'en', version)).toMatchObject({ version, state: 'published' });
        expect(await library.findPublished(messageType, 'en')).toMatchObject({ version, body: `body ${version}` });
      }
      expect(await statesOf(messageType)).toEqual(['3 draft', '2 retired', '1 published']);
    });

    it('publishes the same version twice without a change', async () => {
      const messageType = 'delivery_confirmed';
      await saved({ messageType }, 1);
      await library.publish(messageType, 'en', 1);
      expect(await library.publish(messageType, 'en', 1)).toMatchObject({ version: 1, state: 'published' });
      expect(await statesOf(messageType)).toEqual(['1 published']);
    });

    it('publishes nothing that does not exist, and leaves what is published', async () => {
      const messageType = 'payment_reminder';
      await saved({ messageType }, 1);
      await library.publish(messageType, 'en', 1);
      expect(await library.publish(messageType, 'en', 2)).toBeUndefined();
      expect(await library.publish(messageType, 'hi', 1)).toBeUndefined();
      expect(await statesOf(messageType)).toEqual(['1 published']);
    });

    it('has exactly one published when several publish at once', async () => {
      const messageType = 'payment_confirmation';
      await saved({ messageType }, 4);
      await Promise.all([1, 2, 3, 4].map((version) => library.publish(messageType, 'en', version)));
      const states = await statesOf(messageType);
      expect(states.filter((state) => state.endsWith('published'))).toHaveLength(1);
    });

    it('publishes languages apart from each other', async () => {
      const messageType = 'subscription_confirmation';
      await saved({ messageType }, 1);
      await saved({ messageType, language: 'hi' }, 1);
      await library.publish(messageType, 'en', 1);
      await library.publish(messageType, 'hi', 1);
      expect(await library.findPublished(messageType, 'en')).toMatchObject({ language: 'en' });
      expect(await library.findPublished(messageType, 'hi')).toMatchObject({ language: 'hi' });
    });

    describe('an objection of the provider', () => {
      const place = { messageType: 'payment_reminder', language: 'en', version: 1 } as const;
      const pausedFor = (ms: number, at = testStart) =>
        ({ reason: 'template_paused', at, until: after(at.getTime() - testStart.getTime() + ms) }) as const;

      it('is kept with the published version, is news once while it lasts, and goes when a version is published', async () => {
        await library.publish('payment_reminder', 'en', 1);
        expect(await library.object(place, pausedFor(1_000))).toBe(true);
        expect((await library.findPublished('payment_reminder', 'en'))?.objection).toEqual(pausedFor(1_000));
        expect(await library.object(place, pausedFor(1_000, after(999)))).toBe(false);
        expect(await library.object(place, pausedFor(1_000, after(1_000)))).toBe(true);
        expect(await library.object(place, { reason: 'template_disabled', at: after(1_500) })).toBe(true);
        expect(await library.object(place, { reason: 'template_disabled', at: after(9_000) })).toBe(false);
        const [stored] = await library.findVersions('payment_reminder');
        expect(stored?.objection).toEqual({ reason: 'template_disabled', at: after(1_500) });
        expect(await library.publish('payment_reminder', 'en', 1)).not.toHaveProperty('objection');
        expect(await library.findPublished('payment_reminder', 'en')).not.toHaveProperty('objection');
      });

      it('is not kept with a version that is not published, or not there', async () => {
        await library.save(draft({ messageType: 'payment_reminder' }), testStart);
        expect(await library.object({ ...place, version: 2 }, pausedFor(1_000))).toBe(false);
        expect(await library.object({ ...place, version: 99 }, pausedFor(1_000))).toBe(false);
      });
    });

    it('lists what is published and what is a draft, by type, language and version', async () => {
      await saved({ messageType: 'new_product', language: 'hi' }, 1);
      await saved({ messageType: 'new_product' }, 3);
      await saved({ messageType: 'churn_risk' }, 1);
      await library.publish('new_product', 'en', 1);
      await library.publish('new_product', 'en', 2);
      const listed = (await library.list()).map(
        (each) => `${each.messageType} ${each.language} ${each.version} ${each.state}`,
      );
      expect(listed.filter((line) => /^(churn_risk|new_product) /.test(line))).toEqual([
        'churn_risk en 1 draft',
        'new_product en 2 published',
        'new_product en 3 draft',
        'new_product hi 1 draft',
      ]);
    });
  });
}
