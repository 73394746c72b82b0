import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { composeMessage, fallbackLanguage, type MessageType, sampleVariables, type Template } from '@earlybird/core';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { explanationOf } from '../message/explanation.js';
import { Problem } from '../problem/problem.js';
import { templateDraftOf } from './template-draft-of.js';
import { templateProblem } from './template-problem.js';
import { PreviewBody } from './preview.body.js';
import { PreviewView } from './preview-view.js';
import { TemplateParams } from './template.params.js';

/** Messages as their recipients would read them. */
@Controller('templates')
export class PreviewController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Post(':type/preview')
  @Endpoint({
    roles: ['viewer'],
    summary: 'Render a template with given or sample values; nothing is sent',
    answers: { 200: { description: 'The text.', body: PreviewView } },
    problems: [
      'unreadable_body',
      'invalid_parameters',
      'template_not_found',
      'body_too_large',
      'unsupported_media_type',
      'invalid_fields',
      'database_unavailable',
    ],
  })
  async preview(@Param() { type }: TemplateParams, @Body() body: PreviewBody): Promise<PreviewView> {
    const template = await this.template(type, body);
    const context = body.context ?? sampleVariables[type];
    const composition = composeMessage(this.parts.renderer, template, context);
    if (!composition.ok) throw unrenderable(composition.reason, composition.missing);
    const { text } = composition.message;
    const { language, version } = template;
    return { message_type: type, language, ...(version === 0 ? {} : { version }), text, length: text.length, context };
  }

  private async template(
    type: MessageType,
    { body, language = fallbackLanguage, version }: PreviewBody,
  ): Promise<Template> {
    if (body !== undefined) return this.unsaved(type, language, body);
    const versions = await this.parts.templates.findVersions(type);
    const found = versions.find(
      (one) =>
        one.language === language && (version === undefined ? one.state === 'published' : one.version === version),
    );
    if (found === undefined)
      throw new Problem(
        'template_not_found',
        `There is no such template: ${type} in ${language}${version === undefined ? '' : `, version ${version}`}.`,
      );
    return found;
  }

  private unsaved(type: MessageType, language: string, body: string): Template {
    const check = this.parts.checker.check(body);
    if (!check.ok) throw templateProblem(check.issues.map((issue) => ({ field: 'body', ...issue })));
    const draft = templateDraftOf(type, { language, body }, undefined, 'preview');
    return { ...draft, version: 0, state: 'draft', createdAt: this.parts.clock.now() };
  }
}

function unrenderable(reason: string, missing: readonly string[]): Problem {
  const issues =
    missing.length > 0
      ? missing.map((name) => ({ field: `context.${name}`, message: 'is missing: the template tells it' }))
      : [{ field: 'body', message: `cannot be rendered: ${explanationOf(reason) ?? reason}` }];
  return new Problem('invalid_fields', 'There is no message of these values.', { issues });
}
