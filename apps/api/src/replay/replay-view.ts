import { messageTypeNames, replayStates, replayedStatuses } from '@earlybird/core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const moment = { type: String, format: 'date-time', example: '2026-01-27T10:31:00.000Z' } as const;

/** Which messages. */
export class ReplayFilterView {
  @ApiProperty({ enum: replayedStatuses, example: 'failed' })
  readonly status!: string;

  @ApiProperty(moment)
  readonly from!: string;

  @ApiProperty(moment)
  readonly to!: string;

  @ApiPropertyOptional({ type: String, enum: messageTypeNames, example: 'order_confirmation' })
  readonly message_type?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'provider_error 131000' })
  readonly cause?: string | undefined;

  @ApiPropertyOptional({ type: String, example: '+919876543210' })
  readonly phone?: string | undefined;
}

/** What became, or would become, of the messages. */
export class ReplayCountsView {
  @ApiProperty({ example: 9_800, description: 'In a dry run: how many would be resent.' })
  readonly eligible!: number;

  @ApiProperty({ example: 0, description: 'How many were resent by this replay.' })
  readonly resent!: number;

  @ApiProperty({ example: 40, description: 'Have arrived after all, themselves or by an earlier resend.' })
  readonly delivered!: number;

  @ApiProperty({ example: 12, description: 'May still arrive, themselves or by an earlier resend.' })
  readonly in_flight!: number;

  @ApiProperty({ example: 3, description: 'Were resent, and that came to its end; the newer one counts by itself.' })
  readonly already_resent!: number;

  @ApiProperty({ example: 0, description: 'Dismissed or resolved by a person, or not failed (in doubt) any more.' })
  readonly settled!: number;

  @ApiProperty({ example: 120, description: 'Not worth sending any more; a replay never extends validity.' })
  readonly expired!: number;

  @ApiProperty({ example: 20, description: 'The recipient does not want it (any more).' })
  readonly opted_out!: number;

  @ApiProperty({ example: 5, description: 'The number cannot be written to.' })
  readonly unreachable!: number;

  @ApiProperty({ example: 0, description: 'Cannot be made again: no published template, or variables are missing.' })
  readonly invalid!: number;
}

/** What a replay would come to; nothing was changed. */
export class ReplayForecastView {
  @ApiProperty({ example: true })
  readonly dry_run!: true;

  @ApiProperty({ type: ReplayFilterView })
  readonly filter!: ReplayFilterView;

  @ApiProperty({ example: 10_000, description: 'How many have the cause that is asked for.' })
  readonly matched!: number;

  @ApiProperty({ example: 10_000, description: 'How many were looked at, whatever their cause.' })
  readonly looked_at!: number;

  @ApiProperty({ example: true, description: 'False when there are more than were looked at: narrow the time.' })
  readonly complete!: boolean;

  @ApiProperty({ type: ReplayCountsView })
  readonly counts!: ReplayCountsView;

  @ApiProperty({ example: 980, description: 'How long the resends would take at the rate that is asked for.' })
  readonly eta_seconds!: number;
}

/** How far a replay has come. */
export class ReplayProgressView {
  @ApiProperty({ example: 10_000, description: 'How many there were to be looked at, whatever their cause.' })
  readonly total!: number;

  @ApiProperty({ example: 2_500 })
  readonly looked_at!: number;

  @ApiProperty({ example: 2_500, description: 'How many of these have the cause that is asked for.' })
  readonly matched!: number;

  @ApiProperty({ example: 25, description: 'Of 100, one decimal.' })
  readonly percent!: number;

  @ApiProperty({ type: ReplayCountsView })
  readonly counts!: ReplayCountsView;

  @ApiPropertyOptional({ ...moment, description: 'When the message was created that it looked at last.' })
  readonly looked_up_to?: string | undefined;

  @ApiPropertyOptional({ type: Number, example: 9.8, description: 'Resends a second in the last seconds.' })
  readonly resent_per_second?: number | undefined;

  @ApiPropertyOptional({
    type: String,
    enum: ['provider', 'dispatch'],
    description: 'What it waits for: sending is halted, or what it resent is still queued.',
  })
  readonly waiting_for?: string | undefined;

  @ApiPropertyOptional({
    type: Number,
    example: 765,
    description: 'While it runs: how long it will take, if it goes on like this.',
  })
  readonly eta_seconds?: number | undefined;
}

/** A replay. */
export class ReplayView {
  @ApiProperty({ example: 'replay_0mb3k2x9p4f7abcdefghijklm' })
  readonly id!: string;

  @ApiProperty({ enum: replayStates, example: 'running' })
  readonly state!: string;

  @ApiPropertyOptional({
    type: String,
    enum: ['everything_looked_at', 'too_many_failures', 'internal_error', 'by_admin'],
    description: 'Why it ended.',
  })
  readonly state_reason?: string | undefined;

  @ApiProperty({ type: ReplayFilterView })
  readonly filter!: ReplayFilterView;

  @ApiProperty({ example: 10 })
  readonly rate_per_second!: number;

  @ApiProperty({ example: 30 })
  readonly max_failure_percent!: number;

  @ApiProperty({ example: 20 })
  readonly min_outcomes!: number;

  @ApiProperty({ example: 'asha@earlybird.in' })
  readonly requested_by!: string;

  @ApiPropertyOptional({ type: String, example: 'the outage of Monday' })
  readonly note?: string | undefined;

  @ApiPropertyOptional({ type: ReplayProgressView, description: 'Absent until a worker has begun.' })
  readonly progress?: ReplayProgressView | undefined;

  @ApiPropertyOptional({ type: String, example: 'worker@host-1/4711', description: 'The worker that carries it out.' })
  readonly worker?: string | undefined;

  @ApiProperty(moment)
  readonly created_at!: string;

  @ApiPropertyOptional(moment)
  readonly started_at?: string | undefined;

  @ApiProperty(moment)
  readonly updated_at!: string;

  @ApiPropertyOptional(moment)
  readonly ended_at?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'asha@earlybird.in', description: 'Who cancelled it.' })
  readonly ended_by?: string | undefined;
}

/** What became of the messages that a replay made, as they stand now. */
export class ReplayOutcomesView {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { delivered: 2_400, failed: 20, queued: 30 },
    description: 'How many stand in each status; one in which none stands is left out.',
  })
  readonly by_status!: Readonly<Record<string, number>>;

  @ApiProperty({
    example: 0.8,
    description: 'The share that fails (failed, unknown, retrying) among those that came to something, of 100.',
  })
  readonly failed_percent!: number;
}

/** A replay with what became of its messages. */
export class ReplayDetailView extends ReplayView {
  @ApiProperty({ type: ReplayOutcomesView })
  readonly outcomes!: ReplayOutcomesView;
}

/** One page of replays, newest first. */
export class ReplayPageView {
  @ApiProperty({ type: [ReplayView] })
  readonly replays!: readonly ReplayView[];

  @ApiProperty({ example: 20 })
  readonly count!: number;

  @ApiPropertyOptional({ type: String, description: 'The cursor of the next page; absent on the last one.' })
  readonly next?: string | undefined;
}
