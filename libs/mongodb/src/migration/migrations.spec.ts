import { migrations } from './migrations.js';

const collections = migrations.flatMap((migration) => migration.collections);

describe('the migrations', () => {
  it('are numbered from 1 without gaps', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('make each index once and under one name', () => {
    for (const name of new Set(collections.map((collection) => collection.name))) {
      const indexes = collections.filter((collection) => collection.name === name).flatMap((one) => one.indexes);
      expect(new Set(indexes.map((index) => index.name)).size).toBe(indexes.length);
      expect(new Set(indexes.map(({ key }) => JSON.stringify(Object.entries(key)))).size).toBe(indexes.length);
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
