import { useEffect, useState } from 'preact/hooks';

/** Where the reader is among the frames. */
export interface Timeline {
  index: number;
  /** Whether new frames are shown as they come. */
  following: boolean;
  playing: boolean;
  go(index: number): void;
  togglePlay(): void;
}

/** Milliseconds a frame is shown while playing. */
export const frameTime = 180;

/** Follows the newest frame until another one is chosen; plays to the end, then follows again. */
export function useFrameIndex(count: number): Timeline {
  const [chosen, setChosen] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const last = Math.max(0, count - 1);
  const index = Math.min(chosen ?? last, last);

  useEffect(() => {
    if (!playing) return;
    if (index === last) {
      setPlaying(false);
      setChosen(null);
      return;
    }
    const timer = setTimeout(() => setChosen(index + 1), frameTime);
    return () => clearTimeout(timer);
  }, [playing, index, last]);

  return {
    index,
    following: chosen === null,
    playing,
    go(to) {
      setPlaying(false);
      setChosen(to >= last ? null : Math.max(0, to));
    },
    togglePlay() {
      if (!playing && index === last) setChosen(0);
      setPlaying(!playing);
    },
  };
}
