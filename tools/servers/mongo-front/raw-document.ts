/** One element of a BSON document, as it lies in the bytes. */
export interface RawElement {
  readonly name: string;
  /** BSON's type number. */
  readonly type: number;
  /** From the type byte to the end of the value. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

const BSON_STRING = 0x02;

/**
 * The top-level elements of a BSON document. Commands pass through the front as bytes: only this level is ever looked at.
 * @throws RangeError when the bytes are no BSON document.
 */
export function elementsOf(document: Buffer): readonly RawElement[] {
  const length = document.length < 5 ? -1 : document.readInt32LE(0);
  if (length !== document.length || document[length - 1] !== 0) throw new RangeError('malformed BSON document');
  const elements: RawElement[] = [];
  let at = 4;
  while (at < length - 1) {
    const nameEnd = document.indexOf(0, at + 1);
    if (nameEnd < 0) throw new RangeError('malformed BSON document');
    const type = document[at] ?? 0;
    const end = nameEnd + 1 + valueLength(document, type, nameEnd + 1);
    if (end > length - 1) throw new RangeError('malformed BSON document');
    elements.push({ name: document.toString('utf8', at + 1, nameEnd), type, start: at, valueStart: nameEnd + 1, end });
    at = end;
  }
  return elements;
}

/** The document without the elements of those names; the same bytes when it has none of them. */
export function without(document: Buffer, elements: readonly RawElement[], names: ReadonlySet<string>): Buffer {
  const kept = elements.filter(({ name }) => !names.has(name));
  if (kept.length === elements.length) return document;
  const parts = kept.map(({ start, end }) => document.subarray(start, end));
  const size = Buffer.alloc(4);
  size.writeInt32LE(parts.reduce((sum, part) => sum + part.length, 5));
  return Buffer.concat([size, ...parts, Buffer.of(0)]);
}

/** The value of a string element, or undefined when it is no string. */
export function stringOf(document: Buffer, element: RawElement): string | undefined {
  return element.type === BSON_STRING ? document.toString('utf8', element.valueStart + 4, element.end - 1) : undefined;
}

/** Length of a value in bytes, by type (bsonspec.org). */
function valueLength(document: Buffer, type: number, at: number): number {
  switch (type) {
    case 0x01: // double
    case 0x09: // UTC datetime
    case 0x11: // timestamp
    case 0x12: // int64
      return 8;
    case 0x02: // string
    case 0x0d: // JavaScript
    case 0x0e: // symbol
      return 4 + sizeAt(document, at, 1);
    case 0x03: // document
    case 0x04: // array
    case 0x0f: // JavaScript with scope
      return sizeAt(document, at, 5);
    case 0x05: // binary: length, subtype, bytes
      return 5 + sizeAt(document, at, 0);
    case 0x06: // undefined
    case 0x0a: // null
    case 0xff: // min key
    case 0x7f: // max key
      return 0;
    case 0x07: // object id
      return 12;
    case 0x08: // boolean
      return 1;
    case 0x0b: // regular expression: pattern and options, each ended by a zero
      return document.indexOf(0, document.indexOf(0, at) + 1) + 1 - at;
    case 0x0c: // pointer: string and object id
      return 4 + sizeAt(document, at, 1) + 12;
    case 0x10: // int32
      return 4;
    case 0x13: // decimal128
      return 16;
    default:
      throw new RangeError(`malformed BSON document: type ${type}`);
  }
}

function sizeAt(document: Buffer, at: number, least: number): number {
  if (at + 4 > document.length) throw new RangeError('malformed BSON document');
  const size = document.readInt32LE(at);
  if (size < least) throw new RangeError('malformed BSON document');
  return size;
}
