/** Before every address of the api, as the user's clients have it. */
export const prefix = 'api/notifications';

/** Where an orchestrator asks, every few seconds. */
export const healthPath = `/${prefix}/health`;

/** Where MyOperator reports. */
export const webhookPath = `/${prefix}/webhooks/myoperator`;

/** The OpenAPI page; the document itself is at `/docs-json`. */
export const docsPath = 'docs';
