import { migrations } from './migrations.js';

const collections = migrations.flatMap((migration) => migration.collections);

describe('the migrations', () => {
  it('are numbered from 1 without gaps', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('make each collection once and each index under one name', () => {
    const names = collections.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { indexes } of collections) {
      const indexNames = indexes.map(({ name }) => name);
      expect(new Set(indexNames).size).toBe(indexNames.length);
    }
  });

  it('leave documents without the field out of unique indexes on optional fields', () => {
    const unique = collections.flatMap(({ indexes }) => indexes).filter((index) => index.unique === true);
    const whole = unique.filter((index) => index.only === undefined && index.sparse === undefined);
    expect(whole.map(({ name }) => name)).toEqual(['idempotencyKey', 'version', 'phone']);
  });

  it('never call attempts without a message id the same one', () => {
    const index = collections
      .flatMap(({ indexes }) => indexes)
      .find(({ name }) => name === 'attempts.providerMessageId');
    expect(index).toMatchObject({ unique: true, sparse: true });
    expect(index).not.toHaveProperty('only');
  });
});
