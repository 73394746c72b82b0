import { AppError } from '@earlybird/core';

/** A step that waits for the database, and can be told that its answer will not come. */
export class UnderWay {
  /** Rejects with `cause` once the step is stranded; else it never settles. */
  readonly stranded: Promise<never>;
  /** AppError `database_unavailable`; undefined while the answer may come. */
  cause: AppError | undefined;
  private reject: (cause: AppError) => void = () => undefined;

  constructor() {
    this.stranded = new Promise((_, reject) => {
      this.reject = reject;
    });
  }

  /** The connection under the step was lost: whether it was done is not known. */
  strand(address: string): void {
    this.cause = new AppError('database_unavailable', `the connection to MongoDB at ${address} was lost under a step`);
    this.reject(this.cause);
  }
}
