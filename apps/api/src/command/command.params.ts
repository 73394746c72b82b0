import { field } from '../field/field.js';

const commandIdPattern = /^cmd_[0-9a-z]{10,60}$/;

/** The command that an address names. */
export class CommandParams {
  @field(
    {
      name: 'id',
      schema: { type: 'string', pattern: commandIdPattern.source },
      fault: (value) =>
        typeof value === 'string' && commandIdPattern.test(value)
          ? undefined
          : 'must be an id such as cmd_0mb3k2x9p4f7abc',
    },
    { description: 'The id of a command.', example: 'cmd_0mb3k2x9p4f7abcdefghijklm' },
  )
  readonly id!: string;
}
