import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { AuditPageView } from './audit-view.js';
import { AuditLogQuery } from './audit.query.js';

const defaultLimit = 20;

/** What admins did. */
@Controller('audit')
export class AuditController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({
    roles: ['admin'],
    summary: 'What admins did to templates, settings, recipients and replays',
    answers: { 200: { description: 'One page, newest first.', body: AuditPageView } },
    problems: ['invalid_parameters', 'database_unavailable'],
  })
  async list(@Query() { limit = defaultLimit, ...filter }: AuditLogQuery): Promise<AuditPageView> {
    const { action, by, before } = filter;
    const found = await this.parts.audit.list({
      ...(action === undefined ? {} : { action }),
      ...(by === undefined ? {} : { by }),
      ...(before === undefined ? {} : { before }),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)?.at.toISOString() : undefined;
    return {
      entries: page.map(({ at, ...entry }) => ({ at: at.toISOString(), ...entry })),
      count: page.length,
      next_before: next,
    };
  }
}
