import { field } from '../field/field.js';

const replayIdPattern = /^replay_[0-9a-z]{10,60}$/;

/** The replay that an address names. */
export class ReplayParams {
  @field(
    {
      name: 'id',
      schema: { type: 'string', pattern: replayIdPattern.source },
      fault: (value) =>
        typeof value === 'string' && replayIdPattern.test(value)
          ? undefined
          : 'must be an id such as replay_0mb3k2x9p4f7abc',
    },
    { description: 'The id of a replay.', example: 'replay_0mb3k2x9p4f7abcdefghijklm' },
  )
  readonly id!: string;
}
