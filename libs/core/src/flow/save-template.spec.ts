import {
  after,
  aTemplate,
  FakeClock,
  fixedRenderer,
  MemoryAuditLog,
  MemoryDesk,
  MemoryLog,
  MemoryTemplates,
} from '@earlybird/testing';
import type { TemplateCheck } from '../message/template-checker.js';
import type { TemplateDraft } from '../message/template-store.js';
import { publishTemplate, saveTemplate } from './save-template.js';

const broken: TemplateCheck = { ok: false, issues: [{ message: 'unknown block tag', line: 1, column: 4 }] };

function stage() {
  const audit = new MemoryAuditLog();
  const templates = MemoryTemplates.seeded();
  const checker = {
    check: (body: string): TemplateCheck => (body === 'broken' ? broken : { ok: true, variables: [] }),
  };
  const desk = new MemoryDesk(new MemoryLog());
  const parts = { templates, desk, checker, renderer: fixedRenderer, audit, clock: new FakeClock(after(7_000)) };
  return { audit, templates, save: saveTemplate(parts), publish: publishTemplate(parts) };
}

function draft(parts: Partial<TemplateDraft> = {}): TemplateDraft {
  const { version: _v, state: _s, createdAt: _c, ...rest } = aTemplate({ messageType: 'churn_risk' });
  return { ...rest, author: 'asha', body: 'new', ...parts };
}

describe('saving a template', () => {
  it('stores the next version as a draft, which nobody is sent', async () => {
    const { save, templates, audit } = stage();
    expect(await save(draft(), false)).toMatchObject({
      kind: 'saved',
      template: { version: 2, state: 'draft', body: 'new', author: 'asha', createdAt: after(7_000) },
    });
    expect((await templates.findPublished('churn_risk', 'en'))?.version).toBe(1);
    expect(audit.entries).toEqual([
      { at: after(7_000), by: 'asha', action: 'template_saved', subject: 'churn_risk/en/2' },
    ]);
  });

  it('publishes it when that is wished', async () => {
    const { save, templates, audit } = stage();
    expect(await save(draft(), true)).toMatchObject({ kind: 'saved', template: { version: 2, state: 'published' } });
    expect((await templates.findPublished('churn_risk', 'en'))?.version).toBe(2);
    expect(audit.entries.map(({ action }) => action)).toEqual(['template_saved', 'template_published']);
  });

  it('stores nothing of a bad one', async () => {
    const { save, templates, audit } = stage();
    expect(await save(draft({ body: 'broken' }), true)).toEqual({
      kind: 'invalid',
      faults: [{ field: 'body', message: 'unknown block tag', line: 1, column: 4 }],
    });
    expect(await templates.findVersions('churn_risk')).toHaveLength(1);
    expect(audit.entries).toEqual([]);
  });
});

describe('publishing a version', () => {
  it('takes an older one back', async () => {
    const { save, publish, templates, audit } = stage();
    await save(draft(), true);
    expect(await publish('churn_risk', 'en', 1, 'ravi')).toMatchObject({ kind: 'saved', template: { version: 1 } });
    expect((await templates.findPublished('churn_risk', 'en'))?.version).toBe(1);
    expect(audit.entries.at(-1)).toMatchObject({
      by: 'ravi',
      action: 'template_published',
      subject: 'churn_risk/en/1',
    });
  });

  it('does not find a version that is not there', async () => {
    const { publish } = stage();
    expect(await publish('churn_risk', 'en', 9, 'ravi')).toEqual({ kind: 'not_found' });
    expect(await publish('churn_risk', 'hi', 1, 'ravi')).toEqual({ kind: 'not_found' });
  });

  it('checks it again', async () => {
    const { publish, templates } = stage();
    templates.put(aTemplate({ messageType: 'churn_risk', version: 5, state: 'retired', body: 'broken' }));
    expect(await publish('churn_risk', 'en', 5, 'ravi')).toMatchObject({ kind: 'invalid' });
    expect((await templates.findPublished('churn_risk', 'en'))?.version).toBe(1);
  });
});
