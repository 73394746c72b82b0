import { deserialize, serialize } from 'bson';
import { type FindIndex } from './duplicate-key.js';
import { writeReply } from './write-reply.js';

const raw = (document: object): Buffer => Buffer.from(serialize(document));
const noIndex: FindIndex = async () => undefined;

/** M001C and M00CO, as the engine packs them. */
const DUPLICATE_KEY = 319_029_277;
const VALIDATION = 525_074_461;

describe('writeReply', () => {
  it('leaves a reply without errors as it is', async () => {
    const reply = raw({ n: 1, ok: 1 });
    await expect(writeReply(reply, 'shop.orders', noIndex)).resolves.toBe(reply);
  });

  it("puts MongoDB's words and the broken rule where the engine reports a duplicate", async () => {
    const reply = raw({
      n: 0,
      ok: 1,
      writeErrors: [
        { index: 3, code: DUPLICATE_KEY, errmsg: "Duplicate key violation on the collection: Index 'k_1'" },
      ],
    });
    const asked: unknown[] = [];
    const findIndex: FindIndex = async (...question) => {
      asked.push(question);
      return { name: 'k_1', key: { k: 1 } };
    };

    const { writeErrors } = deserialize(await writeReply(reply, 'shop.orders', findIndex));

    expect(asked).toEqual([['shop.orders', { by: 'name', name: 'k_1' }]]);
    expect(writeErrors).toEqual([
      {
        index: 3,
        code: 11000,
        errmsg: 'E11000 duplicate key error collection: shop.orders index: k_1',
        keyPattern: { k: 1 },
      },
    ]);
  });

  it("translates every other code and keeps the engine's words", async () => {
    const reply = raw({
      n: 0,
      ok: 1,
      writeErrors: [{ index: 0, code: VALIDATION, errmsg: 'Document failed validation' }],
    });
    const { writeErrors } = deserialize(await writeReply(reply, 'shop.orders', noIndex));
    expect(writeErrors).toEqual([{ index: 0, code: 121, errmsg: 'Document failed validation' }]);
  });
});
