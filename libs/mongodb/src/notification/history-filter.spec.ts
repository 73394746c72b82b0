import { conditionsOf, within } from './history-filter.js';

const at = new Date('2026-02-01T05:00:00.000Z');

describe('the conditions of a search', () => {
  it('compare every given field with its value and nothing else', () => {
    expect(conditionsOf({})).toEqual({});
    expect(conditionsOf({ phone: '+919876543210', eventId: 'e', status: 'failed', requestedBy: 'shop' })).toEqual({
      'recipient.phone': { $eq: '+919876543210' },
      'event.id': { $eq: 'e' },
      status: { $eq: 'failed' },
      requestedBy: { $eq: 'shop' },
    });
  });

  it('call retried what has more than one attempt', () => {
    expect(conditionsOf({ status: 'retried' })).toEqual({ lastAttemptNumber: { $gte: 2 } });
  });

  it('never let a value become an operator', () => {
    const hostile = { $ne: null } as unknown as string;
    expect(conditionsOf({ phone: hostile })).toEqual({ 'recipient.phone': { $eq: hostile } });
  });

  it('leave time open where nothing bounds it', () => {
    expect(within({ status: 'sent' }, {}, undefined)).toEqual({ status: 'sent' });
  });

  it('bound time on both sides and begin after the cursor', () => {
    const from = new Date(at.getTime() - 1_000);
    const to = new Date(at.getTime() + 1_000);
    expect(within({}, { from, to }, { createdAt: at, id: 'msg_1' })).toEqual({
      createdAt: { $gte: from, $lt: to, $lte: at },
      $or: [{ createdAt: { $lt: at } }, { _id: { $lt: 'msg_1' } }],
    });
  });
});
