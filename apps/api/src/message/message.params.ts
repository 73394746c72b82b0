import { field } from '../field/field.js';

const id = /^msg_[0-9a-z]{10,60}$/;

/** The message that an address names. */
export class MessageParams {
  @field(
    {
      name: 'id',
      schema: { type: 'string', pattern: id.source },
      fault: (value) =>
        typeof value === 'string' && id.test(value) ? undefined : 'must be an id such as msg_0mb3k2x9p4f7abc',
    },
    { description: 'The id of a message.', example: 'msg_0mb3k2x9p4f7abcdefghijklm' },
  )
  readonly id!: string;
}
