import { Validator } from '@seriousme/openapi-schema-validator';
import { problemCodeNames, problemCodes } from '../src/problem/problem-codes.js';
import { type ApiUnderTest, startApi } from './api-under-test.js';
import { problemType } from './described.js';

let api: ApiUnderTest;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

describe('the OpenAPI document', () => {
  it('has a page', async () => {
    const page = await api.call('GET', '//docs', { as: 'nobody' });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('EarlyBird notifications') as unknown]);
  });

  it('is valid', async () => {
    const { body } = await api.call('GET', '//docs-json', { as: 'nobody' });
    expect(await new Validator().validate({ ...body })).toMatchObject({ valid: true });
  });

  it('knows every route of the running app, and none beyond', async () => {
    expect(api.routes.length).toBeGreaterThan(25);
    expect([...api.described.operations.keys()].sort()).toEqual([...api.routes].sort());
  });

  it('says of every route what it does, what it answers, and what may go wrong', () => {
    for (const [route, { summary, responses }] of api.described.operations) {
      expect([route, summary]).toEqual([route, expect.stringMatching(/\w/)]);
      expect([route, Object.keys(responses)]).toEqual([route, expect.arrayContaining(['200', '500'])]);
    }
  });

  it('has an example of every body that is sent or answered, true to its schema', () => {
    let examples = 0;
    for (const [route, { requestBody, responses }] of api.described.operations) {
      const bodies = [requestBody?.content ?? {}, ...Object.values(responses).map(({ content = {} }) => content)];
      for (const { schema, example, examples: several } of bodies.flatMap((content) => Object.values(content))) {
        const shown = several === undefined ? [example] : Object.values(several).map(({ value }) => value);
        expect([route, shown.length]).not.toEqual([route, 0]);
        for (const one of shown)
          expect([route, one, api.described.faultOf(schema, one)]).toEqual([route, expect.anything(), undefined]);
        examples += shown.length;
      }
    }
    expect(examples).toBeGreaterThan(200);
  });

  it('has an example of every parameter', () => {
    for (const [route, { parameters = [] }] of api.described.operations)
      for (const { name, schema, ...parameter } of parameters.filter(({ name }) => name !== 'cursor'))
        expect([route, name, schema.example ?? (parameter as { example?: unknown }).example]).toEqual([
          route,
          name,
          expect.anything(),
        ]);
  });

  it('names every problem code somewhere, and none that is not in the registry', () => {
    const named = [...api.described.operations.values()].flatMap(({ responses }) =>
      Object.entries(responses).flatMap(([status, { content = {} }]) =>
        Object.keys(content[problemType]?.examples ?? {}).map((code) => [code, Number(status)] as const),
      ),
    );
    for (const [code, status] of named)
      expect([code, problemCodes[code as keyof typeof problemCodes].status]).toEqual([code, status]);
    const besideRoutes = ['route_not_found', 'bad_request'];
    expect([...new Set([...named.map(([code]) => code), ...besideRoutes])].sort()).toEqual(
      [...problemCodeNames].sort(),
    );
  });
});
