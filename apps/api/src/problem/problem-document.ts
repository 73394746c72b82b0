import { deliveryStatuses, replayStates } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { problemCodeNames } from './problem-codes.js';

/** One wrong field of a request. */
export class FieldIssueDocument {
  @ApiProperty({ example: 'phone', description: 'The field, as the client wrote it.' })
  readonly field!: string;

  @ApiProperty({ example: 'must start with +: write it in international format with +, e.g. +919876543210' })
  readonly message!: string;

  @ApiPropertyOptional({ example: 2, description: 'In the text of a template, from 1.' })
  readonly line?: number;

  @ApiPropertyOptional({ example: 7, description: 'In the text of a template, from 1.' })
  readonly column?: number;
}

/** An error as RFC 9457 has it (`application/problem+json`). */
export class ProblemDocument {
  @ApiProperty({ example: 'urn:earlybird:problem:invalid_fields', description: 'Names the kind of problem.' })
  readonly type!: string;

  @ApiProperty({ example: 'Fields of the body are wrong.', description: 'Always the same for one code.' })
  readonly title!: string;

  @ApiProperty({ example: 422 })
  readonly status!: number;

  @ApiProperty({ enum: problemCodeNames, example: 'invalid_fields', description: 'Stable: decide by it.' })
  readonly code!: string;

  @ApiProperty({ example: 'phone must start with +', description: 'About this very request.' })
  readonly detail!: string;

  @ApiPropertyOptional({ type: [FieldIssueDocument], description: 'Every wrong field.' })
  readonly errors?: readonly FieldIssueDocument[];

  @ApiPropertyOptional({
    example: 'msg_0mb3k2x9p4f7abcdefghijklm',
    description:
      'The message that is in the way: the one the Idempotency-Key belongs to, or the one that resends this.',
  })
  readonly message_id?: string;

  @ApiPropertyOptional({
    enum: deliveryStatuses,
    example: 'sent',
    description: 'Where the message in question stands.',
  })
  readonly message_status?: string;

  @ApiPropertyOptional({
    example: 'cmd_0mb3k2x9p4f7abcdefghijklm',
    description: 'The command that the worker answered.',
  })
  readonly command_id?: string;

  @ApiPropertyOptional({
    example: 'replay_0mb3k2x9p4f7abcdefghijklm',
    description: 'The replay that the Idempotency-Key belongs to.',
  })
  readonly replay_id?: string;

  @ApiPropertyOptional({ enum: replayStates, example: 'done', description: 'How the replay in question stands.' })
  readonly replay_state?: string;

  @ApiProperty({ example: '4be1f6f0-6a4c-4e0c-9a53-3f7b1e1b8a11', description: 'Finds the request in the logs.' })
  readonly correlation_id!: string;
}
