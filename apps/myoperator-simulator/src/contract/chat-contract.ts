import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonAnswer } from './provider-answer.js';
import { secret } from './secret.js';
import { type SentMessage } from './sent-message.js';
import { type JsonObject, type Reading, type WireContract } from './wire-contract.js';

/** The credentials of the `chat` contract. */
export interface ChatCredentials {
  readonly token: string;
  readonly companyId: string;
  readonly phoneNumberId: string;
}

const text = z.string().min(1).max(4_096);

const callBody = z.object({
  phone_number_id: z.string(),
  customer_country_code: z.string().regex(/^\d{1,3}$/),
  customer_number: z.string().regex(/^\d{4,14}$/),
  data: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), context: z.object({ body: text, preview_url: z.boolean().optional() }) }),
    z.object({
      type: z.literal('template'),
      context: z.object({
        template_name: text,
        language: z.string().min(2),
        body: z.record(z.string(), text).default({}),
      }),
    }),
  ]),
  reply_to: z.null().optional(),
  myop_ref_id: z.string().max(256).nullish(),
});

/**
 * `POST /chat/messages`: a bearer token and the company's id in headers, text or template in the body, our reference echoed in
 * receipts where the switch is on.
 *
 * @param templates the approved templates' names; when empty, every name counts as approved
 */
export function chatContract(credentials: ChatCredentials, templates: readonly string[]): WireContract {
  const [token, companyId] = [secret(`Bearer ${credentials.token}`), secret(credentials.companyId)];
  return {
    name: 'chat',
    codePlace: 'code',
    rejectCredentials: ({ authorization, 'x-myop-company-id': company }) => {
      if (authorization?.startsWith('bearer ')) {
        return { status: 403, code: '403', message: 'Authorization must start with Bearer, capital B' };
      }
      const rights = [token.matches(authorization), companyId.matches(company)];
      return rights.includes(false) ? { status: 401, code: '401', message: 'Unauthorized' } : undefined;
    },
    read: (body) => read(body, credentials.phoneNumberId, templates),
    accepted: (messageId) =>
      jsonAnswer(200, {
        status: 'success',
        code: '200',
        message: 'Accepted',
        data: { conversation_id: randomUUID(), message_id: messageId },
      }),
  };
}

function read(body: JsonObject, phoneNumberId: string, templates: readonly string[]): Reading {
  const call = callBody.safeParse(body);
  if (!call.success) return invalid('100', describe(call.error));
  const { phone_number_id, customer_country_code, customer_number, data, myop_ref_id } = call.data;
  if (phone_number_id !== phoneNumberId) return invalid('CHAT_4001', 'phone_number_id is not one of this company');
  if (data.type === 'template' && templates.length > 0 && !templates.includes(data.context.template_name)) {
    return invalid('132001', `template ${data.context.template_name} does not exist`);
  }
  return {
    kind: 'message',
    message: {
      contract: 'chat',
      recipient: `+${customer_country_code}${customer_number}`,
      ...content(data),
      ...(myop_ref_id != null && { reference: myop_ref_id }),
    },
  };
}

function content(data: z.output<typeof callBody>['data']): Pick<SentMessage, 'text' | 'template'> {
  if (data.type === 'text') return { text: data.context.body };
  const { template_name, language, body } = data.context;
  return {
    text: [template_name, ...Object.values(body)].join(' · '),
    template: { name: template_name, language, parameters: body },
  };
}

const invalid = (code: string, message: string): Reading => ({
  kind: 'invalid',
  error: { status: 400, code, message },
});

const describe = (error: z.ZodError) =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
