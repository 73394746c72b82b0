import { Controller, Get, Inject, Param } from '@nestjs/common';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { Problem } from '../problem/problem.js';
import { CommandParams } from './command.params.js';
import { commandViewOf } from './command-view-of.js';
import { CommandView } from './command-view.js';

/** What the worker was asked to do, for those who did not wait for its answer. */
@Controller('commands')
export class CommandController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get(':id')
  @Endpoint({
    roles: ['operator'],
    summary: 'What became of a command to the worker',
    answers: { 200: { description: 'How it stands.', body: CommandView } },
    problems: ['invalid_parameters', 'command_not_found', 'database_unavailable'],
  })
  async find(@Param() { id }: CommandParams): Promise<CommandView> {
    const record = await this.parts.commandDesk.find(id);
    if (record === undefined) throw new Problem('command_not_found', `There is no command ${id} (any more).`);
    return commandViewOf(record);
  }
}
