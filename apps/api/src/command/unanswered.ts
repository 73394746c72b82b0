import { type CommandAnswer, type CommandRecord } from '@earlybird/core';
import { type Response } from 'express';
import { Problem } from '../problem/problem.js';
import { commandViewOf } from './command-view-of.js';
import { type CommandView } from './command-view.js';

/** What a caller is told whose command is not done (yet): 202 with where to look. Throws Problem when the worker refused it or gave it up. */
export function unanswered(record: CommandRecord, response: Response): CommandView {
  const { id, answer } = record;
  if (answer !== undefined && answer.kind !== 'done') throw refusalOf(id, answer);
  response.status(202);
  return commandViewOf(record);
}

function refusalOf(id: string, answer: Exclude<CommandAnswer, { readonly kind: 'done' }>): Problem {
  const members = { command_id: id };
  if (answer.kind === 'refused' && answer.reason === 'provider_halted')
    return new Problem('provider_halted', answer.detail, { members });
  return new Problem('command_failed', `The worker gave ${id} up: ${answer.reason}. Its log says more.`, { members });
}
