import { phoneParts } from './phone-parts.js';

describe('the parts of a phone number', () => {
  it.each([
    ['+919876543210', '91', '9876543210'],
    ['+12025550123', '1', '2025550123'],
    ['+971501234567', '971', '501234567'],
    ['+393123456789', '39', '3123456789'],
  ])('%s is +%s and %s', (phone, countryCode, nationalNumber) => {
    expect(phoneParts(phone)).toEqual({ countryCode, nationalNumber });
  });

  it.each(['', 'nobody', '9876543210', '+999123456789'])('%s has none', (phone) => {
    expect(phoneParts(phone)).toBeUndefined();
  });
});
