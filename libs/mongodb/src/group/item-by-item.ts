import { isLostInfrastructure } from '@earlybird/core';
import { type Answer } from './grouped.js';

/** Carries out a group; `again` says that an earlier run of these items failed and may have taken effect for some of them. */
export type RepeatableRun<Item, Result> = (
  items: readonly Item[],
  again: boolean,
) => Promise<readonly Answer<Result>[]>;

/**
 * Keeps one bad item from spoiling its group: a group that fails as a whole, and not because the database is away, is
 * carried out once more item by item, so that the error reaches only the caller it belongs to.
 */
export async function orItemByItem<Item, Result>(
  run: RepeatableRun<Item, Result>,
  items: readonly Item[],
): Promise<readonly Answer<Result>[]> {
  try {
    return await run(items, false);
  } catch (error) {
    if (isLostInfrastructure(error) || items.length === 1) throw error;
    return Promise.all(items.map((item) => alone(run, item)));
  }
}

async function alone<Item, Result>(run: RepeatableRun<Item, Result>, item: Item): Promise<Answer<Result>> {
  try {
    const [answer] = await run([item], true);
    return answer as Answer<Result>;
  } catch (error) {
    return error instanceof Error ? error : new Error('something that is no Error was thrown', { cause: error });
  }
}
