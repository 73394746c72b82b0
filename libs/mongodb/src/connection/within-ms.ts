import { AppError } from '@earlybird/core';

/** The result of `work`, or AppError `database_unavailable` when it takes longer than `limitMs`. */
export async function withinMs<Result>(limitMs: number, work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AppError('database_unavailable', `MongoDB gave no answer within ${limitMs} ms`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
