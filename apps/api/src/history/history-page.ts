import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MessageView } from '../message/message-view.js';

/** One page of a search, newest first. */
export class HistoryPageView {
  @ApiProperty({ type: [MessageView] })
  readonly messages!: readonly MessageView[];

  @ApiProperty({ example: 20, description: 'How many are on this page.' })
  readonly count!: number;

  @ApiProperty({ example: 20 })
  readonly limit!: number;

  @ApiPropertyOptional({ type: Number, example: 0 })
  readonly skip?: number | undefined;

  @ApiPropertyOptional({ type: String, description: 'The cursor of the next page; absent on the last one.' })
  readonly next?: string | undefined;
}
