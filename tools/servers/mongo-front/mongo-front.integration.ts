import mongoose, { type Connection } from 'mongoose';

/** What the service asks of its database. True of MongoDB as well as of the stand-in, so it runs against whichever is there. */
describe('the database', () => {
  let connection: Connection;
  const orders = () => connection.collection('orders');

  beforeAll(async () => {
    const url = process.env['MONGO_URL'];
    if (url === undefined) throw new Error('MONGO_URL is not set; run the tests with npm test');
    connection = mongoose.createConnection(url, { dbName: `front_${process.pid}_${Date.now()}`, maxPoolSize: 40 });
    await connection.asPromise();
  });

  beforeEach(async () => {
    await connection.dropDatabase();
  });

  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('says what it is and that it lives', async () => {
    const admin = connection.getClient().db().admin();
    await expect(admin.ping()).resolves.toMatchObject({ ok: 1 });
    await expect(admin.buildInfo()).resolves.toMatchObject({ version: expect.stringMatching(/^[78]\./) as string });
  });

  it('pages through a sorted result of any length, each document once', async () => {
    await orders().insertMany(Array.from({ length: 2_500 }, (_, n) => ({ n })));
    const found = await orders().find().sort({ n: -1 }).batchSize(200).toArray();
    expect(found.map((order) => Number(order['n']))).toEqual(Array.from({ length: 2_500 }, (_, n) => 2_499 - n));
  });

  it('pages through many results at once', async () => {
    await orders().insertMany(Array.from({ length: 1_000 }, (_, n) => ({ n })));
    const pages = Array.from({ length: 30 }, () => orders().find().sort({ n: 1 }).batchSize(50).toArray());
    for (const page of await Promise.all(pages)) expect(page).toHaveLength(1_000);
  });

  it('forgets a killed cursor', async () => {
    await orders().insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
    const reply = await connection.db?.command(
      { find: 'orders', filter: {}, sort: { n: 1 }, batchSize: 10 },
      { promoteLongs: false },
    );
    const { id } = (reply as { cursor: { id: unknown } }).cursor;
    await expect(connection.db?.command({ killCursors: 'orders', cursors: [id] })).resolves.toMatchObject({ ok: 1 });
    await expect(connection.db?.command({ getMore: id, collection: 'orders' })).rejects.toMatchObject({ code: 43 });
  });

  it('lets exactly one of many claim each document', async () => {
    await orders().insertMany(Array.from({ length: 200 }, (_, n) => ({ n, status: 'new' })));
    const claimed: unknown[] = [];
    const claim = async (): Promise<void> => {
      for (;;) {
        const order = await orders().findOneAndUpdate({ status: 'new' }, { $set: { status: 'taken' } });
        if (order === null) return;
        claimed.push(order['n']);
      }
    };
    await Promise.all(Array.from({ length: 30 }, claim));
    expect(new Set(claimed).size).toBe(200);
    expect(claimed).toHaveLength(200);
  });

  it('lets exactly one of many upserts create the document', async () => {
    await orders().createIndex({ key: 1 }, { unique: true });
    const upsert = () => orders().updateOne({ key: 'a' }, { $setOnInsert: { key: 'a' } }, { upsert: true });
    const results = await Promise.allSettled(Array.from({ length: 30 }, upsert));
    const created = results.filter((result) => result.status === 'fulfilled' && result.value.upsertedCount === 1);
    expect(created).toHaveLength(1);
    await expect(orders().countDocuments()).resolves.toBe(1);
  });

  describe('with a unique index', () => {
    const refusal = { code: 11000, message: expect.stringMatching(/^E11000 .*index: key_1/) as string };

    beforeEach(async () => {
      await orders().createIndex({ key: 1 }, { unique: true });
      await orders().insertMany([{ key: 1 }, { key: 2 }]);
    });

    it('refuses an insert and says which rule it broke', async () => {
      await expect(orders().insertOne({ key: 1 })).rejects.toMatchObject({
        ...refusal,
        errorResponse: { keyPattern: { key: 1 } },
      });
    });

    it('refuses an update', async () => {
      await expect(orders().updateOne({ key: 1 }, { $set: { key: 2 } })).rejects.toMatchObject(refusal);
    });

    it('refuses a claim', async () => {
      await expect(orders().findOneAndUpdate({ key: 1 }, { $set: { key: 2 } })).rejects.toMatchObject(refusal);
    });

    it('stores the good documents of an unordered batch and names the others', async () => {
      const batch = [{ key: 1 }, { key: 3 }, { key: 2 }, { key: 4 }];
      await expect(orders().insertMany(batch, { ordered: false })).rejects.toMatchObject({
        writeErrors: [
          { index: 0, code: 11000 },
          { index: 2, code: 11000 },
        ],
      });
      await expect(orders().countDocuments()).resolves.toBe(4);
    });

    it('stops an ordered batch at the first refusal', async () => {
      await expect(orders().insertMany([{ key: 3 }, { key: 1 }, { key: 4 }])).rejects.toMatchObject({ code: 11000 });
      await expect(orders().countDocuments()).resolves.toBe(3);
    });
  });

  it('mixes inserts, updates and deletes in one batch', async () => {
    const result = await orders().bulkWrite([
      { insertOne: { document: { n: 1 } } },
      { updateOne: { filter: { n: 1 }, update: { $inc: { times: 1 } } } },
      { updateOne: { filter: { n: 2 }, update: { $set: { times: 5 } }, upsert: true } },
      { deleteOne: { filter: { n: 1 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    await expect(
      orders()
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).resolves.toEqual([{ n: 2, times: 5 }]);
  });

  it('updates by pipeline and inside arrays', async () => {
    await orders().insertOne({
      n: 1,
      lines: [
        { id: 'a', count: 1 },
        { id: 'b', count: 1 },
      ],
    });
    await orders().updateOne({ n: 1 }, [{ $set: { twice: { $multiply: ['$n', 2] } } }]);
    await orders().updateOne({ n: 1, 'lines.id': 'a' }, { $set: { 'lines.$.count': 7 } });
    await orders().updateOne({ n: 1 }, { $inc: { 'lines.$[line].count': 1 } }, { arrayFilters: [{ 'line.id': 'b' }] });
    await expect(orders().findOne({ n: 1 }, { projection: { _id: 0 } })).resolves.toEqual({
      n: 1,
      twice: 2,
      lines: [
        { id: 'a', count: 7 },
        { id: 'b', count: 2 },
      ],
    });
  });

  it('groups, counts and lists distinct values', async () => {
    await orders().insertMany(Array.from({ length: 90 }, (_, n) => ({ n, third: n % 3 })));
    const groups = orders().aggregate([{ $group: { _id: '$third', sum: { $sum: '$n' } } }, { $sort: { _id: 1 } }]);
    await expect(groups.toArray()).resolves.toEqual([
      { _id: 0, sum: 1_305 },
      { _id: 1, sum: 1_335 },
      { _id: 2, sum: 1_365 },
    ]);
    await expect(orders().countDocuments({ third: 1 })).resolves.toBe(30);
    await expect(orders().distinct('third')).resolves.toEqual([0, 1, 2]);
  });

  it('makes many indexes asked for at once, and the same one again without complaint', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => connection.collection(`side_${n % 3}`).createIndex({ [`f${n}`]: 1 })),
    );
    await Promise.all([orders().createIndex({ a: 1 }), orders().createIndex({ a: 1 })]);
    await expect(orders().indexes()).resolves.toEqual([
      expect.objectContaining({ name: '_id_' }),
      expect.objectContaining({ name: 'a_1', key: { a: 1 } }),
    ]);
    await expect(connection.collection('side_0').indexes()).resolves.toHaveLength(5);
  });

  it.each([
    [
      'an index of the same name with other options',
      86,
      () => orders().createIndex({ a: 1 }, { name: 'a_1', unique: true }),
    ],
    ['an unknown operator', 2, () => orders().find({ $nonsense: 1 }).toArray()],
    ['a change of _id', 66, () => orders().updateOne({ a: 1 }, { $set: { _id: 'other' } })],
    ['dropping an index that is not there', 27, () => orders().dropIndex('nonsense')],
    ['an unknown command', 59, () => connection.db?.command({ nonsense: 1 })],
  ])('refuses %s with code %d', async (_what, code, call: () => Promise<unknown> | undefined) => {
    await orders().createIndex({ a: 1 });
    await orders().insertOne({ a: 1 });
    await expect(call()).rejects.toMatchObject({ code });
  });

  it('refuses documents that a validator refuses, also after it was changed', async () => {
    await connection.db?.createCollection('strict', { validator: { $jsonSchema: { required: ['name'] } } });
    const strict = connection.collection('strict');
    await expect(strict.insertOne({ other: 1 })).rejects.toMatchObject({ code: 121 });
    await connection.db?.command({ collMod: 'strict', validator: { $jsonSchema: { required: ['other'] } } });
    await expect(strict.insertOne({ name: 1 })).rejects.toMatchObject({ code: 121 });
    await expect(strict.insertOne({ other: 1 })).resolves.toMatchObject({ acknowledged: true });
  });

  it('tells a search by index from a search through everything', async () => {
    await orders().createIndex({ key: 1 });
    await orders().createIndex({ at: -1, _id: -1 });
    await orders().insertMany(Array.from({ length: 20 }, (_, key) => ({ key, at: new Date(key) })));
    const stages = async (filter: object, sort?: Record<string, 1 | -1>): Promise<string> => {
      const cursor = orders().find(filter);
      const explained: object = await (sort === undefined ? cursor : cursor.sort(sort).limit(5)).explain(
        'queryPlanner',
      );
      return JSON.stringify(explained);
    };
    await expect(stages({ key: 1 })).resolves.toContain('IXSCAN');
    await expect(stages({}, { at: -1, _id: -1 })).resolves.not.toContain('COLLSCAN');
    await expect(stages({ other: 1 })).resolves.toContain('COLLSCAN');
  });

  it('takes a write without an answer', async () => {
    await orders().insertOne({ n: 1 }, { writeConcern: { w: 0 } });
    await orders().insertOne({ n: 2 });
    const found = await Promise.all(Array.from({ length: 1 }, () => orders().countDocuments()));
    expect(found[0]).toBeGreaterThanOrEqual(1);
  });

  it('lists what is there and drops it', async () => {
    await orders().insertOne({ n: 1 });
    await expect(connection.listCollections()).resolves.toEqual([expect.objectContaining({ name: 'orders' })]);
    const { databases } = await connection.getClient().db().admin().listDatabases({ nameOnly: true });
    expect(databases.map(({ name }) => name)).toContain(connection.name);
    await expect(orders().drop()).resolves.toBe(true);
    await expect(connection.listCollections()).resolves.toEqual([]);
  });
});
