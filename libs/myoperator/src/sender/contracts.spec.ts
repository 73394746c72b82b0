import { aShipment, aTemplate } from '@earlybird/testing';
import { type Shipment } from '@earlybird/core';
import { chatContract } from './chat-contract.js';
import { type WireContract } from './wire-call.js';
import { whatsappContract } from './whatsapp-contract.js';

const whatsapp = whatsappContract({ api: 'whatsapp', apiKey: 'key', apiSecret: 'hush', accountId: 'acc' });
const chat = chatContract({ api: 'chat', token: 'tok', companyId: 'comp', sender: 'number-id' });
const shipment = aShipment({ notificationId: 'msg_1', attempt: 2, phone: '+919876543210' });

const requestOf = (contract: WireContract, of: Shipment) => {
  const call = contract.call(of);
  if (!call.ok) throw new Error(call.reason);
  return { ...call.request, body: JSON.parse(call.request.body ?? 'null') as unknown };
};

describe('the whatsapp contract', () => {
  it('puts credentials, recipient and text into the body, and the key into a bearer header', () => {
    expect(requestOf(whatsapp, shipment)).toMatchObject({
      method: 'POST',
      path: '/whatsapp/send-message',
      headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
    });
    expect(requestOf(whatsapp, shipment).body).toEqual({
      api_key: 'key',
      api_secret: 'hush',
      account_id: 'acc',
      recipient: '+919876543210',
      message: shipment.message.text,
      type: 'text',
    });
  });

  it('is probed with the credentials and no recipient', () => {
    expect(whatsapp.probe).toMatchObject({ method: 'POST', path: '/whatsapp/send-message' });
    expect(JSON.parse(whatsapp.probe.body ?? '')).toEqual({
      api_key: 'key',
      api_secret: 'hush',
      account_id: 'acc',
      type: 'text',
    });
  });
});

describe('the chat contract', () => {
  it('puts credentials into headers, and number, text and our reference into the body', () => {
    const request = requestOf(chat, shipment);
    expect(request).toMatchObject({
      method: 'POST',
      path: '/chat/messages',
      headers: { authorization: 'Bearer tok', 'x-myop-company-id': 'comp' },
    });
    expect(request.body).toEqual({
      phone_number_id: 'number-id',
      customer_country_code: '91',
      customer_number: '9876543210',
      data: { type: 'text', context: { body: shipment.message.text, preview_url: false } },
      reply_to: null,
      myop_ref_id: 'msg_1:2',
    });
  });

  it('sends the mapped template instead of the text, with its parameters', () => {
    const providerTemplate = { name: 'order_v1', language: 'en', parameters: ['customer_name', 'order_id'] };
    const template = aTemplate({ providerTemplate });
    const mapped = aShipment({
      message: { text: 'text', template, parameters: ['Priya\nSharma', 'ORD-1'] },
    });
    expect(requestOf(chat, mapped).body).toMatchObject({
      data: {
        type: 'template',
        context: { template_name: 'order_v1', language: 'en', body: { '1': 'Priya Sharma', '2': 'ORD-1' } },
      },
    });
  });

  it('refuses, without calling, a template that the variables cannot fill, and names the hole but not its value', () => {
    const providerTemplate = { name: 'order_v1', language: 'en', parameters: ['customer_name'] };
    const message = { text: 'text', template: aTemplate({ providerTemplate }), parameters: [' '] };
    expect(chat.call(aShipment({ message }))).toEqual({
      ok: false,
      reason: 'template_parameter_invalid',
      detail: 'parameter customer_name of template order_v1 is empty',
    });
  });

  it('refuses a number whose country nobody knows', () => {
    expect(chat.call(aShipment({ phone: '+999123456789' }))).toMatchObject({ ok: false, reason: 'bad_number' });
  });

  it('is probed by listing templates', () => {
    expect(chat.probe).toMatchObject({ method: 'GET', path: '/chat/templates?limit=1&offset=0' });
  });
});

describe.each([whatsapp, chat])('every contract', (contract) => {
  it('names notification and attempt in headers', () => {
    expect(requestOf(contract, shipment).headers).toMatchObject({ 'x-notification-id': 'msg_1', 'x-attempt': '2' });
  });
});
