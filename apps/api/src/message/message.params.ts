import { field } from '../field/field.js';

/** An id as `newId` of core makes it. */
export const messageIdPattern = /^msg_[0-9a-z]{10,60}$/;

/** The message that an address names. */
export class MessageParams {
  @field(
    {
      name: 'id',
      schema: { type: 'string', pattern: messageIdPattern.source },
      fault: (value) =>
        typeof value === 'string' && messageIdPattern.test(value)
          ? undefined
          : 'must be an id such as msg_0mb3k2x9p4f7abc',
    },
    { description: 'The id of a message.', example: 'msg_0mb3k2x9p4f7abcdefghijklm' },
  )
  readonly id!: string;
}
