import { type CommandRecord } from '@earlybird/core';
import { prefix } from '../paths.js';
import { type CommandView } from './command-view.js';

/** A command as the api shows it. */
export function commandViewOf({ id, command, by, at, answer, answeredAt }: CommandRecord): CommandView {
  return {
    command_id: id,
    command: command.kind,
    status: answer?.kind ?? 'ordered',
    by,
    ordered_at: at.toISOString(),
    answered_at: answeredAt?.toISOString(),
    ...(answer === undefined || answer.kind === 'done' ? {} : { reason: answer.reason }),
    ...(answer?.kind === 'refused' ? { detail: answer.detail } : {}),
    ...(answer?.kind === 'done' ? { figures: inSnakeCase(answer.figures) } : {}),
    look_at: `/${prefix}/commands/${id}`,
  };
}

function inSnakeCase(figures: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const entries = Object.entries(figures);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), value]),
  );
}
