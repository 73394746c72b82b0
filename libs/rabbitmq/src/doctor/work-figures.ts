/** How many notifications stand in a status, and since when the oldest of them exists. */
export interface WaitingFigure {
  readonly status: string;
  readonly count: number;
  readonly oldestAt: Date;
}

/** What MongoDB knows about the work that the queues carry. */
export interface WorkFigures {
  /** By status; one in which none stands may be absent. */
  readonly waiting: readonly WaitingFigure[];
  /** Notifications whose envelope counts as lost for a while: a sweeper should have taken them. */
  readonly overdue: { readonly count: number; readonly oldestAt?: Date };
  /** Failures with a parked dispatch envelope that nobody has resolved. */
  readonly parked: number;
  /** Why nothing is sent, while that is so. */
  readonly halted?: { readonly reason: string; readonly since: Date };
}
