import { Body, Controller, Inject, Param, Post, Put } from '@nestjs/common';
import {
  type MessageType,
  publishTemplate,
  saveTemplate,
  type Template,
  type TemplatePublishing,
} from '@earlybird/core';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { Problem } from '../problem/problem.js';
import { templateDraftOf } from './template-draft-of.js';
import { templateProblem } from './template-problem.js';
import { templateViewOf } from './template-view-of.js';
import { TemplateView } from './template-view.js';
import { RollbackBody, TemplateBody } from './template.body.js';
import { TemplateParams } from './template.params.js';

const problems = [
  'unreadable_body',
  'invalid_parameters',
  'body_too_large',
  'unsupported_media_type',
  'invalid_fields',
  'database_unavailable',
] as const;

/** New versions of templates. */
@Controller('templates')
export class TemplateWritingController {
  private readonly saveOne: ReturnType<typeof saveTemplate>;
  private readonly publishOne: ReturnType<typeof publishTemplate>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.saveOne = saveTemplate(parts);
    this.publishOne = publishTemplate(parts);
  }

  @Put(':type')
  @Endpoint({
    roles: ['admin'],
    summary: 'Save a new version of a template, as a draft or published at once',
    description:
      'Checked before it is stored: syntax, variables that the event of the type does not bring, optional variables without a guard, length, provider parameters. A published version takes effect within 5 seconds.',
    answers: { 200: { description: 'The version as it is stored.', body: TemplateView } },
    problems,
  })
  async save(
    @Param() { type }: TemplateParams,
    @Body() body: TemplateBody,
    @Caller() { client }: CallerIdentity,
  ): Promise<TemplateView> {
    const draft = templateDraftOf(type, body, await this.published(type, body.language), client);
    return this.view(await this.saveOne(draft, body.state === 'published'), client, 'save template', type);
  }

  @Post(':type/rollback')
  @Endpoint({
    roles: ['admin'],
    summary: 'Publish a version that is stored: an older one, or a draft',
    description:
      'Publishing the version that is published already lifts a hold: what waits because the provider has paused the template is sent now.',
    answers: { 200: { description: 'The version that is published now.', body: TemplateView } },
    problems: [...problems, 'template_not_found'],
  })
  async rollback(
    @Param() { type }: TemplateParams,
    @Body() { language, version }: RollbackBody,
    @Caller() { client }: CallerIdentity,
  ): Promise<TemplateView> {
    return this.view(await this.publishOne(type, language, version, client), client, 'publish template', type);
  }

  /** In exactly this language: another one's mapping at the provider would be wrong. */
  private async published(type: MessageType, language: string): Promise<Template | undefined> {
    const found = await this.parts.templates.findVersions(type);
    return found.find((one) => one.language === language && one.state === 'published');
  }

  private view(result: TemplatePublishing, client: string, action: string, messageType: string): TemplateView {
    this.parts.log.event('admin_action', { client, action, messageType, result: result.kind });
    switch (result.kind) {
      case 'saved':
        return templateViewOf(result.template);
      case 'not_found':
        throw new Problem('template_not_found', `There is no such version of ${messageType}.`);
      case 'invalid':
        throw templateProblem(result.faults);
    }
  }
}
