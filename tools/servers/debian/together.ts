/** Waits for every piece of work before it reports the first failure, so that nothing goes on behind the caller's back. */
export async function together(...work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
