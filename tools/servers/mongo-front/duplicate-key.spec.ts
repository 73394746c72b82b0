import { duplicateKey, indexByConstraint, indexByName } from './duplicate-key.js';

describe('which index refused', () => {
  it.each([
    ["Duplicate key violation on the requested collection: Index 'k_1'", { by: 'name', name: 'k_1' }],
    ["Duplicate key violation: Index 'it's mine'", { by: 'name', name: "it's mine" }],
    ['Duplicate key violation', { by: 'nothing' }],
  ])('reads %j', (message, hint) => {
    expect(indexByName(message)).toEqual(hint);
  });

  it.each([
    ['conflicting key value violates exclusion constraint "documents_rum_index_15"', { by: 'number', number: '15' }],
    ['duplicate key value violates unique constraint "collection_pk_3"', { by: 'name', name: '_id_' }],
    ['something else', { by: 'nothing' }],
  ])('reads %j', (message, hint) => {
    expect(indexByConstraint(message)).toEqual(hint);
  });
});

describe('duplicateKey', () => {
  it('has no key pattern when the index cannot be told', async () => {
    await expect(duplicateKey('shop.orders', { by: 'nothing' }, async () => undefined)).resolves.toEqual({
      errmsg: 'E11000 duplicate key error collection: shop.orders index: unknown',
      details: {},
    });
  });
});
