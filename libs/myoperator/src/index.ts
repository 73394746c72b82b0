/** MyOperator as the provider of WhatsApp messages: both wire contracts behind the port `MessageSender`, and its receipts. */
export { axiosTransport, type TransportSettings } from './client/axios-transport.js';
export {
  type DoubtReason,
  type Exchange,
  type RoadReason,
  type Transport,
  type TransportRequest,
} from './client/exchange.js';
export { createMyOperator, type MyOperator, type MyOperatorSettings } from './create-myoperator.js';
export { codeRow, codeTable } from './outcome/code-table.js';
export { judgeFailedReceipt } from './outcome/judge-failed-receipt.js';
export { type StatusSignal, statusTable } from './outcome/status-table.js';
export { transportTable } from './outcome/transport-table.js';
export { type OutcomeRow, type Verdict } from './outcome/verdict.js';
export { readWebhook } from './receipt/read-webhook.js';
export { type InboundMessage, type UnreadableReport, type WebhookReading } from './receipt/webhook-reading.js';
export { type ChatAccount } from './sender/chat-contract.js';
export { type ProbeResult } from './sender/probe-provider.js';
export { type AttemptReference, readReference, writeReference } from './sender/reference.js';
export { cleanParameter, templateParameters, type TemplateParameters } from './sender/template-parameters.js';
export { type WhatsappAccount } from './sender/whatsapp-contract.js';
