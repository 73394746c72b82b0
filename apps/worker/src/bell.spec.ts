import { Bell } from './bell.js';

describe('the bell', () => {
  it('is heard by everybody who listens, until they do not any more', () => {
    const bell = new Bell();
    const heard: string[] = [];
    bell.ring();
    const leave = bell.onRing(() => heard.push('one'));
    bell.onRing(() => heard.push('two'));
    bell.ring();
    leave();
    bell.ring();
    expect(heard).toEqual(['one', 'two', 'two']);
  });
});
