import fc from 'fast-check';
import { codeOfSqlState, nameOfCode, unpackSqlState } from './sql-states.js';

const pack = (sqlState: string): number =>
  [...sqlState].reduce((packed, character, place) => packed + (character.charCodeAt(0) - 48) * 64 ** place, 0);

describe('unpackSqlState', () => {
  it('undoes how PostgreSQL packs a SQLSTATE into a number', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    fc.assert(
      fc.property(fc.string({ unit: character, minLength: 5, maxLength: 5 }), (sqlState) => {
        expect(unpackSqlState(pack(sqlState))).toBe(sqlState);
      }),
    );
  });
});

describe('codeOfSqlState', () => {
  it.each([
    ['M001C', 11000, 'DuplicateKey'],
    ['23505', 11000, 'DuplicateKey'],
    ['23P01', 11000, 'DuplicateKey'],
    ['M0001', 2, 'BadValue'],
    ['M0008', 26, 'NamespaceNotFound'],
    ['M000E', 43, 'CursorNotFound'],
    ['M000S', 86, 'IndexKeySpecsConflict'],
    ['M00CO', 121, 'DocumentValidationFailure'],
    ['57014', 50, 'MaxTimeMSExpired'],
    ['XX000', 8, 'UnknownError'],
  ])('%s is %d, %s', (sqlState, code, name) => {
    expect(codeOfSqlState(sqlState)).toBe(code);
    expect(nameOfCode(code)).toBe(name);
  });
});
