import { CommandError } from './command-error.js';
import { Cursors } from './cursors.js';

const place = Buffer.from('place');
const minute = 60_000;

describe('Cursors', () => {
  it('gives back the place of an open cursor', () => {
    const cursors = new Cursors(() => 0);
    cursors.keep('7', 'shop', place);
    expect(cursors.continuationOf('7', 'shop')).toBe(place);
  });

  it.each([
    ['unknown', '8', 'shop'],
    ["another database's", '7', 'other'],
  ])('refuses an %s cursor with code 43', (_what, id, database) => {
    const cursors = new Cursors(() => 0);
    cursors.keep('7', 'shop', place);
    expect(() => cursors.continuationOf(id, database)).toThrow(new CommandError(43, `cursor id ${id} not found`));
  });

  it('forgets a killed cursor once', () => {
    const cursors = new Cursors(() => 0);
    cursors.keep('7', 'shop', place);
    expect([cursors.forget('7'), cursors.forget('7')]).toEqual([true, false]);
    expect(() => cursors.continuationOf('7', 'shop')).toThrow('not found');
  });

  it('forgets a cursor that nobody asked for ten minutes, and keeps one that is used', () => {
    let now = 0;
    const cursors = new Cursors(() => now);
    cursors.keep('idle', 'shop', place);
    cursors.keep('used', 'shop', place);
    now = 6 * minute;
    cursors.keep('used', 'shop', place);
    now = 11 * minute;
    cursors.keep('new', 'shop', place);
    expect(() => cursors.continuationOf('idle', 'shop')).toThrow('not found');
    expect(cursors.continuationOf('used', 'shop')).toBe(place);
  });
});
