import { phoneParts, type Shipment } from '@earlybird/core';
import { writeReference } from './reference.js';
import { templateParameters } from './template-parameters.js';
import { commonHeaders, shipmentHeaders, type WireCall, type WireContract } from './wire-call.js';

/** Credentials of the `chat` contract. `sender` is the id of the phone number, not the number. */
export interface ChatAccount {
  readonly api: 'chat';
  readonly token: string;
  readonly companyId: string;
  readonly sender: string;
}

/**
 * `POST /chat/messages`: the contract of public integrations of MyOperator. A message whose template is mapped to an approved one
 * goes as that template, at any time; any other as free text, which WhatsApp delivers within 24 hours of a message from the customer.
 *
 * It is probed by listing templates. That call may want an id that we do not have and then answers 400 or 422, but only after it has
 * let the credentials pass.
 */
export function chatContract(account: ChatAccount): WireContract {
  const headers = {
    // Capital B: lower case earns 403.
    authorization: `Bearer ${account.token}`,
    'x-myop-company-id': account.companyId,
  };
  return {
    api: 'chat',
    call: (shipment) => callOf(shipment, account.sender, headers),
    probe: { method: 'GET', path: '/chat/templates?limit=1&offset=0', headers: { ...commonHeaders, ...headers } },
    probeAccepts: [400, 422],
    secrets: [account.token, account.companyId, account.sender],
  };
}

function callOf(shipment: Shipment, sender: string, headers: Readonly<Record<string, string>>): WireCall {
  const parts = phoneParts(shipment.phone);
  if (parts === undefined)
    return { ok: false, reason: 'bad_number', detail: 'the number has no country code that is known' };
  const content = contentOf(shipment);
  if (!content.ok) return content;
  return {
    ok: true,
    request: {
      method: 'POST',
      path: '/chat/messages',
      headers: { ...shipmentHeaders(shipment), ...headers },
      body: JSON.stringify({
        phone_number_id: sender,
        customer_country_code: parts.countryCode,
        customer_number: parts.nationalNumber,
        data: content.data,
        reply_to: null,
        myop_ref_id: writeReference(shipment),
      }),
    },
  };
}

function contentOf({ message }: Shipment) {
  const { providerTemplate } = message.template;
  if (providerTemplate === undefined) {
    return { ok: true, data: { type: 'text', context: { body: message.text, preview_url: false } } } as const;
  }
  const filled = templateParameters(providerTemplate.parameters, message.parameters ?? []);
  if (!filled.ok) {
    const detail = `parameter ${filled.variable} of template ${providerTemplate.name} ${filled.problem}`;
    return { ok: false, reason: 'template_parameter_invalid', detail } as const;
  }
  const { name, language } = providerTemplate;
  const context = { template_name: name, language, body: filled.parameters };
  return { ok: true, data: { type: 'template', context } } as const;
}
