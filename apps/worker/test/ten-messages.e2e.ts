import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';
import { dayAhead, inEnglish, inHindi, zoneOfAfternoon } from './days.js';

/** One endpoint of the storefront, and what its customer reads. `id` is the business document in the storefront's answer. */
interface Told {
  readonly path: string;
  readonly method?: 'PUT';
  readonly body: object;
  readonly type: string;
  readonly english: (id: string) => string;
  /** Parts of the text for a customer who reads Hindi. */
  readonly hindi: (id: string) => readonly string[];
}

const day = dayAhead(3);
const dueDay = dayAhead(20);
const pastDay = dayAhead(-40);

const tellings: readonly Told[] = [
  {
    path: '/api/orders',
    body: { items: [{ product_id: 'prod_123', quantity: 25, price: 100 }], delivery_date: day },
    type: 'order_confirmation',
    english: (id) =>
      `Hi Asha Rao! Thank you, we have your EarlyBird order ${id}.\nTotal: ₹2,500.00\nDelivery: ${inEnglish(day)}`,
    hindi: (id) => ['नमस्ते Rahul Verma जी!', id, 'कुल राशि: ₹2,500.00', `डिलीवरी: ${inHindi(day)}`],
  },
  {
    path: '/api/subscriptions',
    body: { product_name: 'Cow milk 1 l', start_date: day, schedule: 'daily' },
    type: 'subscription_confirmation',
    english: (id) =>
      `Hi Asha Rao! Your EarlyBird subscription to Cow milk 1 l starts on ${inEnglish(day)}. Good mornings ahead!\nSchedule: daily\nSubscription: ${id}`,
    hindi: (id) => ['Cow milk 1 l का आपका EarlyBird सब्सक्रिप्शन', `${inHindi(day)} से शुरू होगा`, id],
  },
  {
    path: '/api/subscriptions/sub_77/pause',
    method: 'PUT',
    body: { product_name: 'Cow milk 1 l', resume_date: day },
    type: 'pause_confirmation',
    english: () =>
      `Hi Asha Rao! Your EarlyBird subscription to Cow milk 1 l is paused.\nIt starts again on ${inEnglish(day)}. See you then!\nSubscription: sub_77`,
    hindi: () => ['सब्सक्रिप्शन रोक दिया गया है', `${inHindi(day)} से फिर शुरू होगा`, 'sub_77'],
  },
  {
    path: '/api/delivery/schedule',
    body: { delivery_date: day, slot: '06:00-08:00', area: 'Bandra' },
    type: 'delivery_reminder',
    english: () =>
      `Hi Asha Rao! Your EarlyBird delivery scheduled for ${inEnglish(day)} is on track.\nTime: 6-8 AM\nArea: Bandra`,
    hindi: () => [`डिलीवरी ${inHindi(day)} को आएगी`, 'समय: सुबह 6 से 8 बजे', 'इलाक़ा: Bandra'],
  },
  {
    path: '/api/delivery/mark-delivered',
    body: { order_id: 'order_77', delivered_at: `${dayAhead(0)}T00:05:00+05:30` },
    type: 'delivery_confirmed',
    english: () =>
      `Hi Asha Rao! Your EarlyBird order order_77 has arrived: ${inEnglish(dayAhead(0))}, 12:05 AM. Enjoy!`,
    hindi: () => ['EarlyBird ऑर्डर order_77 पहुँच गया है', `${inHindi(dayAhead(0))}, रात 12:05 बजे`],
  },
  {
    path: '/api/delivery/delay',
    body: { delivery_id: 'del_77', new_slot: `${day} 08:00-10:00`, reason: 'heavy rain' },
    type: 'delivery_delayed',
    english: () =>
      `Hi Asha Rao, we are sorry: your EarlyBird delivery is running late (heavy rain).\nNew time: ${inEnglish(day)}, 8-10 AM\nThank you for your patience!`,
    hindi: () => ['देर हो रही है (heavy rain)', `नया समय: ${inHindi(day)}, सुबह 8 से 10 बजे`],
  },
  {
    path: '/api/billing/bills',
    body: { amount: 250_000, period: 'January 2026', due_date: dueDay },
    type: 'payment_reminder',
    english: (id) =>
      `Hi Asha Rao! Your EarlyBird bill for January 2026 is ₹2,50,000.00, due on ${inEnglish(dueDay)}.\nBill: ${id}\nIf you have paid already, thank you, and please ignore this message.`,
    hindi: (id) => ['जनवरी 2026 का आपका EarlyBird बिल ₹2,50,000.00 है', `${inHindi(dueDay)} तक`, id],
  },
  {
    path: '/api/billing/payment',
    body: { amount: 99.5, order_id: 'order_77' },
    type: 'payment_confirmation',
    english: (id) =>
      `Hi Asha Rao! We have received your payment of ₹99.50 for order order_77. Thank you!\nPayment: ${id}`,
    hindi: (id) => ['ऑर्डर order_77 के लिए आपका ₹99.50 का भुगतान हमें मिल गया है', id],
  },
  {
    path: '/api/customers/CUSTOMER/churn-risk',
    body: { last_order_date: pastDay, offer: '20% off your next order' },
    type: 'churn_risk',
    english: () =>
      `Hi Asha Rao, we miss you at EarlyBird! Your last order was on ${inEnglish(pastDay)}. Fresh mornings are only a message away.\nFor you: 20% off your next order\nReply STOP if you would rather not get offers from us.`,
    hindi: () => [`आपका पिछला ऑर्डर ${inHindi(pastDay)} को था`, 'आपके लिए ख़ास: 20% off your next order'],
  },
  {
    path: '/api/products/launch',
    body: { product_name: 'Ragi bread', description: 'Baked at four in the morning.' },
    type: 'new_product',
    english: () =>
      `Hi Asha Rao! New at EarlyBird: Ragi bread.\nBaked at four in the morning.\nReply STOP if you would rather not get offers from us.`,
    hindi: () => ['EarlyBird पर नया: Ragi bread', 'Baked at four in the morning.'],
  },
];

const reader = { en: 'cust_1', hi: 'cust_2' } as const;

describe('what happens in the storefront', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ storefront: true, api: true });
    const timezone = zoneOfAfternoon();
    const settings = Object.values(reader).map((userId) => ({ userId, timezone }));
    await system.record.collection('notification_settings').insertMany(settings);
  });
  afterAll(() => system.stop());

  it.each(tellings)('becomes a $type in English: $path', async ({ path, method, body, type, english }) => {
    const { text, id, messageType } = await tell(path, method, body, reader.en);
    expect(messageType).toBe(type);
    expect(text).toBe(english(id));
  });

  it.each(tellings)('becomes a $type in Hindi for who reads Hindi: $path', async ({ path, method, body, hindi }) => {
    const { text, id } = await tell(path, method, body, reader.hi);
    for (const part of hindi(id)) expect(text).toContain(part.normalize('NFC'));
  });

  it('is written in ten ways, one for each endpoint that publishes', () => {
    expect(new Set(tellings.map(({ type }) => type)).size).toBe(10);
  });

  it('does not reach those who never agreed to marketing', async () => {
    const answer = await system.callStorefront('POST', '/api/products/launch', {
      product_name: 'Oat milk',
      customer_id: 'cust_4',
    });
    const notification = await notificationOf(answer.body);
    expect(notification).toMatchObject({ status: 'suppressed', statusReason: 'no_marketing_consent', attempts: [] });
  });

  it('can be followed over REST up to the moment in which the customer read it', async () => {
    const order = { ...tellings[0]?.body, customer: { name: 'Reader', phone: '+919876500001' } };
    const answer = await system.callStorefront('POST', '/api/orders', order);
    const shown = await eventually(
      async () => {
        const history = await system.callApi('GET', `/history?event_id=${eventIdsOf(answer.body)[0]}`);
        const [message] = (history.body as { readonly messages: readonly { readonly status: string }[] }).messages;
        return message?.status === 'read' && message;
      },
      { message: 'the history shows the message as read' },
    );
    expect(shown).toMatchObject({ phone: '+919876500001', message_type: 'order_confirmation', status: 'read' });
    const { statusTimes, receipts } = await notificationOf(answer.body);
    const times = [statusTimes.sent, statusTimes.delivered, statusTimes.read].map((time) => time?.getTime() ?? 0);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(receipts.map(({ status }) => status).sort()).toEqual(['delivered', 'read', 'sent']);
  });

  /** Calls an endpoint for a customer and waits for the message in the simulator. */
  async function tell(path: string, method: string | undefined, body: object, customer: string) {
    const forCustomer = path.includes('CUSTOMER') ? body : { ...body, customer_id: customer };
    const answer = await system.callStorefront(method ?? 'POST', path.replace('CUSTOMER', customer), forCustomer);
    expect(answer.status).toBeLessThan(300);
    const { _id, messageType } = await notificationOf(answer.body);
    const message = await eventually(
      async () => {
        const found = await system.callSimulator('GET', `/messages?reference=${_id}`);
        return (found.body as { readonly messages: readonly { readonly text: string }[] }).messages[0];
      },
      { message: `the simulator has the ${messageType}` },
    );
    const { id } = answer.body as { readonly id: string };
    return { text: message.text.normalize('NFC'), id, messageType };
  }

  function notificationOf(answer: unknown) {
    const [eventId = ''] = eventIdsOf(answer);
    return eventually(() => system.record.notificationOf(eventId), { message: `event ${eventId} has a notification` });
  }
});

function eventIdsOf(answer: unknown): readonly string[] {
  return (answer as { readonly event_ids: readonly string[] }).event_ids;
}

guardLeaks();
