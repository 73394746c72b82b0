/** What became of one publisher's events of one type, summed over some days. */
export interface PublisherFigures {
  /** The RabbitMQ user that published, or the source that the event names. */
  readonly publisher: string;
  readonly eventType: string;
  /** How many came to each `PublisherResult`; absent means none. */
  readonly results: Readonly<Record<string, number>>;
}

/** Port: the counts of `PublisherBook`, to be read. Throws AppError `database_unavailable`. */
export interface PublisherRecord {
  /** Of the days (UTC) from `day` on (`YYYY-MM-DD`), by publisher and type. */
  countSince(day: string): Promise<readonly PublisherFigures[]>;
}
