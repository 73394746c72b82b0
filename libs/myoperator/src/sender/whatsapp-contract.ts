import { commonHeaders, shipmentHeaders, type WireContract } from './wire-call.js';

/** Credentials of the `whatsapp` contract. */
export interface WhatsappAccount {
  readonly api: 'whatsapp';
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly accountId: string;
}

const path = '/whatsapp/send-message';

/**
 * `POST /whatsapp/send-message`: the contract of the user's documents. Free text only, which WhatsApp delivers within 24 hours of a
 * message from the customer. The credentials stand in the body and, as in the same documents, in a bearer header.
 *
 * It is probed with the credentials and no recipient: 400 or 422 then means reachable and authenticated.
 */
export function whatsappContract({ apiKey, apiSecret, accountId }: WhatsappAccount): WireContract {
  const credentials = { api_key: apiKey, api_secret: apiSecret, account_id: accountId };
  const authorization = `Bearer ${apiKey}`;
  return {
    api: 'whatsapp',
    call: (shipment) => ({
      ok: true,
      request: {
        method: 'POST',
        path,
        headers: { ...shipmentHeaders(shipment), authorization },
        body: JSON.stringify({
          ...credentials,
          recipient: shipment.phone,
          message: shipment.message.text,
          type: 'text',
        }),
      },
    }),
    probe: {
      method: 'POST',
      path,
      headers: { ...commonHeaders, authorization },
      body: JSON.stringify({ ...credentials, type: 'text' }),
    },
    probeAccepts: [400, 422],
    secrets: [apiKey, apiSecret, accountId],
  };
}
