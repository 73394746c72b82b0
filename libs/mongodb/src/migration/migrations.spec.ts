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

  it('make unique indexes on optional fields partial', () => {
    const unique = collections.flatMap(({ indexes }) => indexes).filter((index) => index.unique === true);
    expect(unique.filter((index) => index.only === undefined).map(({ name }) => name)).toEqual([
      'idempotencyKey',
      'version',
      'phone',
    ]);
  });
});
