import { failureOf } from './failure-of.js';

const publication = {
  exchange: 'domain.events',
  routingKey: 'order.created',
  body: Buffer.from('{}'),
  messageId: 'evt_1',
  contentType: 'application/json',
};
const verdict = { returned: undefined, refusal: null, channelError: undefined };
const ended = new Error('channel closed');
const because = (text: string, alone = false) => ({
  ...verdict,
  refusal: ended,
  channelError: { cause: new Error(text), alone },
});

describe('the failure of a publication', () => {
  it('is none when the broker confirms', () => {
    expect(failureOf(publication, verdict)).toBeUndefined();
  });

  it.each([
    ['a return before the confirm', { ...verdict, returned: 'NO_ROUTE' }, 'returned'],
    ['a nack', { ...verdict, refusal: new Error('message nacked') }, 'refused'],
    ['a lost connection', { ...verdict, refusal: ended }, 'unconfirmed'],
    ['a channel closed over it alone', because('PRECONDITION_FAILED', true), 'refused'],
    [
      'a channel closed over its topic',
      because("403 access to topic 'order.created' in exchange 'domain.events'"),
      'refused',
    ],
    [
      'a channel closed over another topic',
      because("403 access to topic 'product.launched' in exchange 'domain.events'"),
      'unconfirmed',
    ],
    ['a channel closed over its exchange', because("404 no exchange 'domain.events' in vhost '/'"), 'refused'],
    ['a channel closed over another exchange', because("404 no exchange 'other' in vhost '/'"), 'unconfirmed'],
  ])('after %s has its code', (_case, given, code) => {
    expect(failureOf(publication, given)).toMatchObject({ code });
  });
});
