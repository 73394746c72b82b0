import { type CanActivate, type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { AuthenticationGuard } from './access/authentication.guard.js';
import { AuthorizationGuard } from './access/authorization.guard.js';
import { type TokenVerifier } from './access/token-verifier.js';
import { AuditController } from './audit/audit.controller.js';
import { type ApiParts, Parts } from './api-parts.js';
import { CommandController } from './command/command.controller.js';
import { ProcessQueueController } from './command/process-queue.controller.js';
import { FailureController } from './failure/failure.controller.js';
import { FieldsPipe } from './field/fields.pipe.js';
import { HealthController } from './health/health.controller.js';
import { HistoryController } from './history/history.controller.js';
import { UnknownController } from './history/unknown.controller.js';
import { MessageActionController } from './message/message-action.controller.js';
import { MessageController } from './message/message.controller.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { PublisherController } from './publisher/publisher.controller.js';
import { ParkedController } from './parked/parked.controller.js';
import { ParkedSettlingController } from './parked/parked-settling.controller.js';
import { OrphanController } from './receipt/orphan.controller.js';
import { RecipientController } from './recipient/recipient.controller.js';
import { ReplayController } from './replay/replay.controller.js';
import { ReplayReadingController } from './replay/replay-reading.controller.js';
import { ResendController } from './resend/resend.controller.js';
import { SendMessageController } from './sending/send-message.controller.js';
import { SettingsController } from './settings/settings.controller.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { PreviewController } from './template/preview.controller.js';
import { TemplateWritingController } from './template/template-writing.controller.js';
import { TemplateController } from './template/template.controller.js';
import { WebhookController } from './webhook/webhook.controller.js';

/** What the module needs beside its parts. */
export interface ApiAccess {
  readonly verify: TokenVerifier;
  /** Asked between authentication and authorization; absent where nobody is to be slowed down. */
  readonly rateLimit?: CanActivate;
}

/** The api: its controllers, and the guards, pipe and filter that stand around all of them. */
@Module({})
export class ApiModule {
  static for(parts: ApiParts, access: ApiAccess): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        SendMessageController,
        HistoryController,
        MessageController,
        MessageActionController,
        ResendController,
        ProcessQueueController,
        CommandController,
        FailureController,
        ReplayController,
        ReplayReadingController,
        UnknownController,
        TemplateController,
        TemplateWritingController,
        PreviewController,
        SettingsController,
        RecipientController,
        AuditController,
        PublisherController,
        OrphanController,
        ParkedController,
        ParkedSettlingController,
        StatisticsController,
        WebhookController,
        HealthController,
      ],
      providers: [{ provide: Parts, useValue: parts }, ...surroundings(parts, access)],
    };
  }
}

/** Guards run in this order: who calls, how often, whether it may. */
function surroundings(parts: ApiParts, { verify, rateLimit }: ApiAccess): Provider[] {
  return [
    { provide: APP_GUARD, useFactory: () => new AuthenticationGuard(verify) },
    ...(rateLimit === undefined ? [] : [{ provide: APP_GUARD, useValue: rateLimit }]),
    {
      provide: APP_GUARD,
      useFactory: (reflector: Reflector) => new AuthorizationGuard(reflector),
      inject: [Reflector],
    },
    { provide: APP_PIPE, useClass: FieldsPipe },
    { provide: APP_FILTER, useFactory: () => new ProblemFilter(parts.log) },
  ];
}
