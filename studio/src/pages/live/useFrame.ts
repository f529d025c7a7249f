import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Frame, FrameStore } from './frames.ts';

/** The frame at an index, or the last one shown until it has come. */
export function useFrame(
  store: FrameStore | null,
  index: number,
  count: number,
): { frame: Frame | null; error: string | null } {
  const [error, setError] = useState<string | null>(null);
  const [, arrived] = useReducer((times: number) => times + 1, 0);
  const shown = useRef<Frame | null>(null);
  const frame = store?.at(index);
  if (frame) shown.current = frame;
  const missing = store !== null && index < count && !frame;

  useEffect(() => {
    if (!missing) return;
    store.fetch(index).then(
      () => {
        setError(null);
        arrived(undefined);
      },
      (problem: Error) => setError(problem.message),
    );
  }, [store, index, missing]);
  return { frame: shown.current, error };
}
