import { chooseLanguage } from './language.js';

describe('the language of a message', () => {
  it.each([
    ['the recipient’s own, whatever was wished', 'hi', 'en', 'hi'],
    ['the one that was wished where none is on record', undefined, 'hi', 'hi'],
    ['English where nobody says', undefined, undefined, 'en'],
    ['a whole language, not a region’s', undefined, 'hi-IN', 'hi'],
    ['a whole language, not a script’s', 'hi_Latn', undefined, 'hi'],
    ['lower case', undefined, ' HI ', 'hi'],
    ['English for nothing', '', undefined, 'en'],
  ])('is %s', (_rule, own, wished, expected) => {
    const person = own === undefined ? undefined : { userId: 'u', language: own };
    expect(chooseLanguage(person, wished)).toBe(expected);
  });
});
