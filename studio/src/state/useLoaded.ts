import { useEffect, useState } from 'preact/hooks';

/** Something fetched: its value once it has come, or why it has not. */
export interface Loaded<Value> {
  value: Value | null;
  error: string | null;
  loading: boolean;
}

/**
 * Fetches when `key` changes, and drops answers that come too late. The last value stays until the
 * next has come.
 */
export function useLoaded<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
): Loaded<Value> {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ value: null, error: null, loading: true });
  // The key stands for all that load uses.
  useEffect(() => {
    const abort = new AbortController();
    setLoaded(({ value }) => ({ value, error: null, loading: true }));
    load(abort.signal).then(
      (value) => !abort.signal.aborted && setLoaded({ value, error: null, loading: false }),
      (error: Error) =>
        !abort.signal.aborted && setLoaded({ value: null, error: error.message, loading: false }),
    );
    return () => abort.abort();
  }, [key]);
  return loaded;
}
