import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  deserialize,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { elementsOf, stringOf, without } from './raw-document.js';

const everyType = {
  double: new Double(1.5),
  string: 'text with ümlaut',
  document: { nested: { deep: [1, 'two'] } },
  array: [1, 2, { three: 3 }],
  binary: new Binary(Buffer.from([0, 1, 2, 0])),
  objectId: new ObjectId(),
  boolean: true,
  date: new Date(0),
  nothing: null,
  regex: new BSONRegExp('^a.*\\d', 'im'),
  code: new Code('function () {}'),
  codeWithScope: new Code('function () {}', { a: 1 }),
  int32: 7,
  timestamp: new Timestamp({ t: 1, i: 2 }),
  int64: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('1.25'),
  least: new MinKey(),
  most: new MaxKey(),
};

const raw = (document: object): Buffer => Buffer.from(serialize(document));
const emptied = (bytes: Buffer, ...names: string[]): Buffer => without(bytes, elementsOf(bytes), new Set(names));

describe('elementsOf', () => {
  it('finds every element, whatever its type', () => {
    expect(elementsOf(raw(everyType)).map(({ name }) => name)).toEqual(Object.keys(everyType));
  });

  it('refuses a document that was cut, at whatever place', () => {
    const bytes = raw(everyType);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => elementsOf(bytes.subarray(0, length))).toThrow(RangeError);
    }
  });

  it('ends, with a result or a refusal, on any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (noise) => {
        const bytes = Buffer.concat([Buffer.alloc(4), noise, Buffer.of(0)]);
        bytes.writeInt32LE(bytes.length, 0);
        try {
          elementsOf(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});

describe('without', () => {
  it.each(Object.keys(everyType))('takes away %s and nothing else', (name) => {
    const rest = Object.fromEntries(Object.entries(everyType).filter(([other]) => other !== name));
    expect(emptied(raw(everyType), name)).toEqual(raw(rest));
  });

  it('leaves a document as it is that has none of the names', () => {
    const bytes = raw({ a: 1 });
    expect(emptied(bytes, 'b')).toBe(bytes);
  });

  it('looks at the top level only', () => {
    expect(deserialize(emptied(raw({ find: 'c', lsid: 1, filter: { lsid: 2 } }), 'lsid'))).toEqual({
      find: 'c',
      filter: { lsid: 2 },
    });
  });
});

describe('stringOf', () => {
  it('reads strings and nothing else', () => {
    const bytes = raw({ a: 'ümlaut', b: 1 });
    expect(elementsOf(bytes).map((element) => stringOf(bytes, element))).toEqual(['ümlaut', undefined]);
  });
});
