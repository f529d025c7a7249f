/** The values of several generators as they come, those of each in its order. */
export async function* merged<Value>(
  sources: readonly AsyncGenerator<Value>[],
): AsyncGenerator<Value> {
  const next = async (source: AsyncGenerator<Value>) => ({ source, result: await source.next() });
  const coming = new Map(sources.map((source) => [source, next(source)]));
  try {
    while (coming.size > 0) {
      const { source, result } = await Promise.race(coming.values());
      // Behind all others, so that none is kept waiting by one that always has something to tell.
      coming.delete(source);
      if (result.done) continue;
      coming.set(source, next(source));
      yield result.value;
    }
  } finally {
    const left = sources.map((source) => source.return(undefined));
    await Promise.allSettled([...left, ...coming.values()]);
  }
}
