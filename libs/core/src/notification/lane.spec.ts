import { laneOf } from './lane.js';

describe('the lane', () => {
  it.each([
    ['utility', false, 'normal'],
    ['utility', true, 'bulk'],
    ['marketing', false, 'bulk'],
    ['marketing', true, 'bulk'],
  ] as const)('of %s (a replay: %s) is %s', (category, replay, lane) => {
    expect(laneOf(category, replay)).toBe(lane);
  });
});
