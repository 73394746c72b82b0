import { Controller, Get, Inject, Param } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { Problem } from '../problem/problem.js';
import { templateViewOf } from './template-view-of.js';
import { TemplateListView } from './template-view.js';
import { TemplateParams } from './template.params.js';

/** Templates, as their authors see them. */
@Controller('templates')
export class TemplateController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['viewer'],
    summary: 'The templates: of every type and language the published version and the drafts',
    answers: { 200: { description: 'By type, language and version.', body: TemplateListView } },
    problems: ['database_unavailable'],
  })
  async list(): Promise<TemplateListView> {
    const templates = await this.parts.templates.list();
    return { templates: templates.map(templateViewOf), count: templates.length };
  }

  @Get(':type')
  @Endpoint({
    roles: ['viewer'],
    summary: 'Every version of one type, in every language, the newest first',
    answers: { 200: { description: 'By language, the newest first.', body: TemplateListView } },
    problems: ['invalid_parameters', 'template_not_found', 'database_unavailable'],
  })
  async find(@Param() { type }: TemplateParams): Promise<TemplateListView> {
    const templates = await this.parts.templates.findVersions(type);
    if (templates.length === 0) throw new Problem('template_not_found', `There is no template for ${type}.`);
    return { templates: templates.map(templateViewOf), count: templates.length };
  }
}
