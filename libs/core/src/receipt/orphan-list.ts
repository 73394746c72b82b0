import type { Receipt } from './receipt.js';

/** Which orphans. */
export interface OrphanQuery {
  readonly providerMessageId?: string;
  /** Only those received before, for the next page. */
  readonly before?: Date;
  readonly limit: number;
}

/** Port: the receipts whose message id nobody knows (yet), to be looked at. Throws AppError `database_unavailable`. */
export interface OrphanList {
  /** By `receivedAt`, newest first. */
  list(query: OrphanQuery): Promise<readonly Receipt[]>;
}
