import { readdirSync } from 'node:fs';
import { factsOf, type MessageType, messageTypeNames, type Template, type Variables } from '@earlybird/core';
import { NunjucksRenderer } from './nunjucks-renderer.js';
import { seedTemplates } from './seed-templates.js';

const renderer = new NunjucksRenderer();
const templates = seedTemplates();

interface Expected {
  readonly all: Variables;
  readonly en: { readonly required: string; readonly all: string };
  readonly hi: { readonly required: string; readonly all: string };
}

/** `all` holds what the event of the type brings; the required ones among them make the short form. */
const expected: Readonly<Record<MessageType, Expected>> = {
  order_confirmation: {
    all: {
      customer_name: 'Asha',
      order_id: 'order_123',
      total_amount: 125000.5,
      currency: 'INR',
      delivery_date: '2026-02-01',
      items: [{ product_id: 'prod_123', quantity: 2, price: 100, total: 200 }],
    },
    en: {
      required: 'Hi Asha! Thank you, we have your EarlyBird order order_123.',
      all: 'Hi Asha! Thank you, we have your EarlyBird order order_123.\nTotal: ₹1,25,000.50\nDelivery: February 1',
    },
    hi: {
      required: 'नमस्ते Asha जी! धन्यवाद, आपका EarlyBird ऑर्डर order_123 हमें मिल गया है।',
      all: 'नमस्ते Asha जी! धन्यवाद, आपका EarlyBird ऑर्डर order_123 हमें मिल गया है।\nकुल राशि: ₹1,25,000.50\nडिलीवरी: 1 फ़रवरी',
    },
  },
  subscription_confirmation: {
    all: {
      customer_name: 'Asha',
      product: 'Cow milk 1 l',
      start_date: '2026-02-01',
      schedule: 'Mon, Wed',
      subscription_id: 'sub-123',
    },
    en: {
      required: 'Hi Asha! Your EarlyBird subscription to Cow milk 1 l starts on February 1. Good mornings ahead!',
      all: 'Hi Asha! Your EarlyBird subscription to Cow milk 1 l starts on February 1. Good mornings ahead!\nSchedule: Mon, Wed\nSubscription: sub-123',
    },
    hi: {
      required: 'नमस्ते Asha जी! Cow milk 1 l का आपका EarlyBird सब्सक्रिप्शन 1 फ़रवरी से शुरू होगा। हमसे जुड़ने के लिए धन्यवाद!',
      all: 'नमस्ते Asha जी! Cow milk 1 l का आपका EarlyBird सब्सक्रिप्शन 1 फ़रवरी से शुरू होगा। हमसे जुड़ने के लिए धन्यवाद!\nशेड्यूल: Mon, Wed\nसब्सक्रिप्शन: sub-123',
    },
  },
  pause_confirmation: {
    all: { customer_name: 'Asha', product: 'Cow milk 1 l', resume_date: '2026-02-15', subscription_id: 'sub-123' },
    en: {
      required:
        'Hi Asha! Your EarlyBird subscription is paused.\nTell us whenever you would like it back. See you soon!',
      all: 'Hi Asha! Your EarlyBird subscription to Cow milk 1 l is paused.\nIt starts again on February 15. See you then!\nSubscription: sub-123',
    },
    hi: {
      required:
        'नमस्ते Asha जी! आपका EarlyBird सब्सक्रिप्शन रोक दिया गया है।\nजब भी दोबारा शुरू करना चाहें, हमें बताइए। जल्द मिलते हैं!',
      all: 'नमस्ते Asha जी! Cow milk 1 l का आपका EarlyBird सब्सक्रिप्शन रोक दिया गया है।\nयह 15 फ़रवरी से फिर शुरू होगा। तब मिलते हैं!\nसब्सक्रिप्शन: sub-123',
    },
  },
  delivery_reminder: {
    all: {
      customer_name: 'Asha',
      delivery_date: '2026-02-01',
      slot: '06:00-08:00',
      area: 'Bandra',
      delivery_id: 'del_123',
      subscription_id: 'sub-123',
    },
    en: {
      required: 'Hi Asha! Your EarlyBird delivery scheduled for February 1 is on track.',
      all: 'Hi Asha! Your EarlyBird delivery scheduled for February 1 is on track.\nTime: 6-8 AM\nArea: Bandra',
    },
    hi: {
      required: 'नमस्ते Asha जी! आपकी EarlyBird डिलीवरी 1 फ़रवरी को आएगी।',
      all: 'नमस्ते Asha जी! आपकी EarlyBird डिलीवरी 1 फ़रवरी को आएगी।\nसमय: सुबह 6 से 8 बजे\nइलाक़ा: Bandra',
    },
  },
  delivery_confirmed: {
    all: {
      customer_name: 'Asha',
      delivery_date: '2026-02-01T06:42:00+05:30',
      order_id: 'order_123',
      delivery_id: 'del_123',
      delivery_slot: '06:00-08:00',
    },
    en: {
      required: 'Hi Asha! Your EarlyBird delivery has arrived: February 1, 6:42 AM. Enjoy!',
      all: 'Hi Asha! Your EarlyBird order order_123 has arrived: February 1, 6:42 AM. Enjoy!',
    },
    hi: {
      required: 'नमस्ते Asha जी! आपकी EarlyBird डिलीवरी पहुँच गई है: 1 फ़रवरी, सुबह 6:42 बजे। धन्यवाद!',
      all: 'नमस्ते Asha जी! आपका EarlyBird ऑर्डर order_123 पहुँच गया है: 1 फ़रवरी, सुबह 6:42 बजे। धन्यवाद!',
    },
  },
  delivery_delayed: {
    all: { customer_name: 'Asha', new_slot: '2026-02-01 11:30-13:00', reason: 'heavy rain', delivery_id: 'del_123' },
    en: {
      required:
        'Hi Asha, we are sorry: your EarlyBird delivery is running late.\nNew time: February 1, 11:30 AM-1 PM\nThank you for your patience!',
      all: 'Hi Asha, we are sorry: your EarlyBird delivery is running late (heavy rain).\nNew time: February 1, 11:30 AM-1 PM\nThank you for your patience!',
    },
    hi: {
      required:
        'नमस्ते Asha जी, माफ़ कीजिए, आपकी EarlyBird डिलीवरी में देर हो रही है।\nनया समय: 1 फ़रवरी, सुबह 11:30 से दोपहर 1 बजे\nआपके धैर्य के लिए धन्यवाद!',
      all: 'नमस्ते Asha जी, माफ़ कीजिए, आपकी EarlyBird डिलीवरी में देर हो रही है (heavy rain)।\nनया समय: 1 फ़रवरी, सुबह 11:30 से दोपहर 1 बजे\nआपके धैर्य के लिए धन्यवाद!',
    },
  },
  payment_reminder: {
    all: {
      customer_name: 'Asha',
      amount: 2500,
      currency: 'INR',
      period: 'January 2026',
      due_date: '2026-02-10',
      bill_id: 'bill_123',
    },
    en: {
      required:
        'Hi Asha! Your EarlyBird bill is ₹2,500.00.\nIf you have paid already, thank you, and please ignore this message.',
      all: 'Hi Asha! Your EarlyBird bill for January 2026 is ₹2,500.00, due on February 10.\nBill: bill_123\nIf you have paid already, thank you, and please ignore this message.',
    },
    hi: {
      required: 'नमस्ते Asha जी! आपका EarlyBird बिल ₹2,500.00 है।\nअगर आप भुगतान कर चुके हैं, तो धन्यवाद! इस संदेश को अनदेखा कर दें।',
      all: 'नमस्ते Asha जी! जनवरी 2026 का आपका EarlyBird बिल ₹2,500.00 है, कृपया 10 फ़रवरी तक भुगतान कर दें।\nबिल: bill_123\nअगर आप भुगतान कर चुके हैं, तो धन्यवाद! इस संदेश को अनदेखा कर दें।',
    },
  },
  payment_confirmation: {
    all: {
      customer_name: 'Asha',
      amount: 2500,
      currency: 'INR',
      payment_id: 'pay_123',
      bill_id: 'bill_123',
      order_id: 'order_123',
    },
    en: {
      required: 'Hi Asha! We have received your payment of ₹2,500.00. Thank you!',
      all: 'Hi Asha! We have received your payment of ₹2,500.00 for order order_123. Thank you!\nPayment: pay_123',
    },
    hi: {
      required: 'नमस्ते Asha जी! आपका ₹2,500.00 का भुगतान हमें मिल गया है। धन्यवाद!',
      all: 'नमस्ते Asha जी! ऑर्डर order_123 के लिए आपका ₹2,500.00 का भुगतान हमें मिल गया है। धन्यवाद!\nभुगतान: pay_123',
    },
  },
  churn_risk: {
    all: { customer_name: 'Asha', last_order_date: '2025-12-20', offer: '20% off your next order' },
    en: {
      required:
        'Hi Asha, we miss you at EarlyBird! Fresh mornings are only a message away.\nReply STOP if you would rather not get offers from us.',
      all: 'Hi Asha, we miss you at EarlyBird! Your last order was on December 20. Fresh mornings are only a message away.\nFor you: 20% off your next order\nReply STOP if you would rather not get offers from us.',
    },
    hi: {
      required:
        'नमस्ते Asha जी, EarlyBird पर हमें आपकी कमी महसूस हो रही है! आइए, फिर से ताज़ी सुबह की शुरुआत करें।\nऑफ़र नहीं चाहिए, तो STOP लिखकर भेजें।',
      all: 'नमस्ते Asha जी, EarlyBird पर हमें आपकी कमी महसूस हो रही है! आपका पिछला ऑर्डर 20 दिसंबर को था। आइए, फिर से ताज़ी सुबह की शुरुआत करें।\nआपके लिए ख़ास: 20% off your next order\nऑफ़र नहीं चाहिए, तो STOP लिखकर भेजें।',
    },
  },
  new_product: {
    all: {
      customer_name: 'Asha',
      product_name: 'Buffalo ghee',
      description: 'Slow-cooked, from our own farm.',
      product_id: 'prod_456',
    },
    en: {
      required: 'Hi Asha! New at EarlyBird: Buffalo ghee.\nReply STOP if you would rather not get offers from us.',
      all: 'Hi Asha! New at EarlyBird: Buffalo ghee.\nSlow-cooked, from our own farm.\nReply STOP if you would rather not get offers from us.',
    },
    hi: {
      required: 'नमस्ते Asha जी! EarlyBird पर नया: Buffalo ghee।\nऑफ़र नहीं चाहिए, तो STOP लिखकर भेजें।',
      all: 'नमस्ते Asha जी! EarlyBird पर नया: Buffalo ghee।\nSlow-cooked, from our own farm.\nऑफ़र नहीं चाहिए, तो STOP लिखकर भेजें।',
    },
  },
};

const cases = messageTypeNames.flatMap((messageType) =>
  (['en', 'hi'] as const).map((language) => [messageType, language] as const),
);

describe('the seeded templates', () => {
  it.each(cases)('%s in %s says its piece with the required variables alone', (messageType, language) => {
    const { required } = factsOf(messageType);
    const variables = pick(expected[messageType].all, required);
    expect(render(messageType, language, variables)).toEqual({
      ok: true,
      text: expected[messageType][language].required,
    });
  });

  it.each(cases)('%s in %s says more with all variables', (messageType, language) => {
    const { all } = expected[messageType];
    expect(render(messageType, language, all)).toEqual({ ok: true, text: expected[messageType][language].all });
  });

  it.each(cases)('%s in %s is an error without a required variable, naming it', (messageType, language) => {
    const { required } = factsOf(messageType);
    expect(render(messageType, language, {})).toEqual({
      ok: false,
      reason: 'missing_variable',
      missing: expect.arrayContaining([...required]) as unknown,
    });
  });

  it.each(cases)('%s in %s asks for nothing that its event does not bring', (messageType, language) => {
    const { required, optional } = factsOf(messageType);
    const check = renderer.check(templateOf(messageType, language).body);
    const used = check.ok ? check.variables.map(({ name }) => name) : check.issues;
    expect([...required, ...optional]).toEqual(expect.arrayContaining([...used]));
  });

  it("render the user's own requests word for word", () => {
    expect(render('delivery_reminder', 'en', { delivery_date: '2026-02-01', customer_name: 'John Doe' })).toEqual({
      ok: true,
      text: expect.stringContaining('Your EarlyBird delivery scheduled for February 1') as unknown,
    });
    expect(
      render('delivery_reminder', 'en', { customer_name: 'John', delivery_date: 'Jan 28', area: 'Bandra' }),
    ).toEqual({
      ok: true,
      text: 'Hi John! Your EarlyBird delivery scheduled for Jan 28 is on track.\nArea: Bandra',
    });
    expect(render('delivery_confirmed', 'en', { customer_name: 'John', delivery_date: 'Jan 28, 6-8 AM' })).toEqual({
      ok: true,
      text: 'Hi John! Your EarlyBird delivery has arrived: Jan 28, 6-8 AM. Enjoy!',
    });
  });

  it('are exactly the files of the folder', () => {
    const files = readdirSync(new URL('./templates/', import.meta.url)).sort();
    expect(files).toEqual(templates.map(({ messageType, language }) => `${messageType}.${language}.njk`).sort());
  });

  it('take the facts of their type', () => {
    for (const { messageType, onUnknown, quietHours, validityMs, state, version, author } of templates) {
      const facts = factsOf(messageType);
      expect({ onUnknown, quietHours, validityMs }).toEqual({
        onUnknown: facts.onUnknown,
        quietHours: facts.quietHours,
        validityMs: facts.validityMs,
      });
      expect({ state, version, author }).toEqual({ state: 'published', version: 1, author: 'seed' });
    }
  });
});

function templateOf(messageType: MessageType, language: string): Template {
  const found = templates.find((one) => one.messageType === messageType && one.language === language);
  if (found === undefined) throw new Error(`no seed for ${messageType} in ${language}`);
  return { ...found, createdAt: new Date(0) };
}

function render(messageType: MessageType, language: string, variables: Variables) {
  return renderer.render(templateOf(messageType, language), variables);
}

function pick(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)));
}
