import { Controller, Delete, Inject, Param } from '@nestjs/common';
import { eraseRecipient } from '@earlybird/core';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { PhoneParams } from '../history/history.query.js';
import { ErasureView } from './erasure-view.js';

/** Recipients, as far as the law speaks of them. */
@Controller('recipients')
export class RecipientController {
  private readonly eraseOne: ReturnType<typeof eraseRecipient>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.eraseOne = eraseRecipient(parts);
  }

  @Delete(':phone')
  @Endpoint({
    roles: ['admin'],
    summary: 'Erase the personal data of a recipient by phone',
    description:
      'Cancels what waits; takes number, name, customer id, variables and text out of every message, and forgets settings. An opt-out is forgotten too: marketing still needs consent on record. Can be repeated.',
    answers: {
      200: { description: 'How much was erased; zeros when there is nothing (any more).', body: ErasureView },
    },
    problems: ['invalid_parameters', 'database_unavailable'],
  })
  async erase(@Param() { phone }: PhoneParams, @Caller() { client }: CallerIdentity): Promise<ErasureView> {
    const { cancelled, notifications, settings, parkedEvents } = await this.eraseOne(phone, { by: client });
    this.parts.log.event('admin_action', { client, action: 'erase recipient', count: notifications });
    return { cancelled, messages: notifications, settings, parked_events: parkedEvents };
  }
}
