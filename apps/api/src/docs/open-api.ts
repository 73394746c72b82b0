import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { docsPath } from '../paths.js';
import { withExamples } from './examples.js';
import { withSentBodies } from './sent-bodies.js';

/** The OpenAPI document of the api: every route, every answer, every problem. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('EarlyBird notifications')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addBasicAuth()
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Api-Key' }, 'webhook-key')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-MyOperator-Signature' }, 'webhook-signature')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return withExamples(withSentBodies(document, new Date()));
}

const description = [
  'Sends WhatsApp messages through MyOperator and tells what became of them.',
  'Errors are problem details (RFC 9457) with a stable `code`. Unknown fields are refused. Times are ISO 8601 in UTC.',
].join('\n\n');

/** Shows the document, made when it is first asked for, at `/docs` and gives it at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup(docsPath, app, () => openApiOf(app), { customSiteTitle: 'EarlyBird notifications' });
}
