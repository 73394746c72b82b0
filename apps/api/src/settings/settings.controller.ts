import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { type NumberChange, saveNumberSettings, savePersonSettings } from '@earlybird/core';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { PhoneParams } from '../history/history.query.js';
import { Problem } from '../problem/problem.js';
import { personWishOf } from './person-wish-of.js';
import { numberSettingsViewOf, personSettingsViewOf } from './settings-view-of.js';
import { NumberSettingsView, PersonSettingsView } from './settings-view.js';
import { NumberSettingsBody, PersonParams, PersonSettingsBody } from './settings.body.js';

const reading = ['invalid_parameters', 'settings_not_found', 'database_unavailable'] as const;
const writing = [
  'unreadable_body',
  'invalid_parameters',
  'body_too_large',
  'unsupported_media_type',
  'invalid_fields',
  'database_unavailable',
] as const;

/** Preferences of persons, and what belongs to numbers. A send must be allowed by both; the stricter wins. */
@Controller('settings')
export class SettingsController {
  private readonly savePerson: ReturnType<typeof savePersonSettings>;
  private readonly saveNumber: ReturnType<typeof saveNumberSettings>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    const { settingsDesk: desk, audit, clock } = parts;
    this.savePerson = savePersonSettings({ desk, audit, clock });
    this.saveNumber = saveNumberSettings({ desk, audit, clock });
  }

  @Get('by-phone/:phone')
  @Endpoint({
    roles: ['viewer'],
    summary: 'What belongs to a number: opt-out, suppression, last inbound message',
    answers: { 200: { description: 'What is on record.', body: NumberSettingsView } },
    problems: reading,
  })
  async number(@Param() { phone }: PhoneParams): Promise<NumberSettingsView> {
    const settings = await this.parts.settingsDesk.findNumber(phone);
    if (settings === undefined) throw new Problem('settings_not_found', 'Nothing is on record for this number.');
    return numberSettingsViewOf(settings);
  }

  @Put('by-phone/:phone')
  @Endpoint({
    roles: ['sender'],
    summary: 'Set what belongs to a number',
    description: 'Takes the place of opt-out and suppression. Counts within 5 seconds, for what waits already too.',
    answers: { 200: { description: 'What is on record now.', body: NumberSettingsView } },
    problems: writing,
  })
  async putNumber(
    @Param() { phone }: PhoneParams,
    @Body() body: NumberSettingsBody,
    @Caller() { client }: CallerIdentity,
  ): Promise<NumberSettingsView> {
    this.parts.log.event('admin_action', { client, action: 'save settings of a number' });
    return numberSettingsViewOf(await this.saveNumber(numberChangeOf(phone, body), client));
  }

  @Get(':user_id')
  @Endpoint({
    roles: ['viewer'],
    summary: "A person's preferences",
    answers: { 200: { description: 'What is on record.', body: PersonSettingsView } },
    problems: reading,
  })
  async person(@Param() { user_id }: PersonParams): Promise<PersonSettingsView> {
    const settings = await this.parts.settingsDesk.findPerson(user_id);
    if (settings === undefined) throw new Problem('settings_not_found', 'Nothing is on record for this person.');
    return personSettingsViewOf(settings);
  }

  @Put(':user_id')
  @Endpoint({
    roles: ['sender'],
    summary: "Set a person's preferences",
    description: 'Takes the place of all that was there. Counts within 5 seconds, for what waits already too.',
    answers: { 200: { description: 'What is on record now.', body: PersonSettingsView } },
    problems: writing,
  })
  async putPerson(
    @Param() { user_id }: PersonParams,
    @Body() body: PersonSettingsBody,
    @Caller() { client }: CallerIdentity,
  ): Promise<PersonSettingsView> {
    this.parts.log.event('admin_action', { client, action: 'save settings of a person' });
    return personSettingsViewOf(await this.savePerson(personWishOf(user_id, body), client));
  }
}

function numberChangeOf(phone: string, body: NumberSettingsBody): NumberChange {
  const { marketing_opt_out: marketingOptOut = false, suppressed_until: until, suppressed_reason: reason } = body;
  const suppressed = until === undefined || reason === undefined ? {} : { suppressed: { until, reason } };
  return { phone, marketingOptOut, ...suppressed };
}
