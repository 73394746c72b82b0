import type { Template, TemplateStore } from '@earlybird/core';
import { aTemplate } from '../builders/a-template.js';

/** A template store, and how an admin's version gets into it. */
export interface TemplateStoreUnderTest {
  readonly templates: TemplateStore;
  /** Saves one version as it is; called before the store is asked for its type. */
  put(template: Template): Promise<void>;
  close(): Promise<void>;
}

/** What every TemplateStore promises (data.md). The store holds no templates of the types that are used here. */
export function templateStoreContract(name: string, makeStore: () => Promise<TemplateStoreUnderTest>): void {
  describe(`${name} keeps the contract of the template store`, () => {
    let store: TemplateStoreUnderTest;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(() => store.close());

    it('finds the published version in the wished language, exactly as it was saved', async () => {
      const providerTemplate = { name: 'order_v1', language: 'en', parameters: ['customer_name', 'order_id'] };
      const english = aTemplate({ version: 2, providerTemplate, quietHours: 'defer', onUnknown: 'hold' });
      const hindi = aTemplate({ language: 'hi', body: 'नमस्ते {{ customer_name }}' });
      const older = aTemplate({ version: 1, state: 'retired' });
      const newer = aTemplate({ version: 3, state: 'draft' });
      for (const template of [older, english, newer, hindi]) await store.put(template);
      expect(await store.templates.findPublished('order_confirmation', 'en')).toStrictEqual(english);
      expect(await store.templates.findPublished('order_confirmation', 'hi')).toStrictEqual(hindi);
    });

    it('answers in English where the wished language has no published version', async () => {
      const english = aTemplate({ messageType: 'pause_confirmation' });
      await store.put(english);
      await store.put(aTemplate({ messageType: 'pause_confirmation', language: 'hi', state: 'draft' }));
      expect(await store.templates.findPublished('pause_confirmation', 'hi')).toStrictEqual(english);
      expect(await store.templates.findPublished('pause_confirmation', 'ta')).toStrictEqual(english);
    });

    it('finds nothing where nothing is published', async () => {
      await store.put(aTemplate({ messageType: 'churn_risk', state: 'draft' }));
      await store.put(aTemplate({ messageType: 'new_product', language: 'hi' }));
      expect(await store.templates.findPublished('churn_risk', 'en')).toBeUndefined();
      expect(await store.templates.findPublished('new_product', 'en')).toBeUndefined();
      expect(await store.templates.findPublished('delivery_delayed', 'en')).toBeUndefined();
    });
  });
}
