import { type MessageType, messageTypeNames } from '@earlybird/core';
import { ChoiceField } from '../field/text.field.js';

/** The message type that an address names. */
export class TemplateParams {
  @ChoiceField({ description: 'What kind of thing is told.', choices: messageTypeNames, example: 'delivery_reminder' })
  readonly type!: MessageType;
}
