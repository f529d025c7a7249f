import { wholeNumber } from '../../../../src/text/text.ts';
import type { Timeline } from './useFrameIndex.ts';

/** Plays the frames and goes to any of them. */
export function TimelineBar({ timeline, steps }: { timeline: Timeline; steps: readonly number[] }) {
  const { index, following, playing, go, togglePlay } = timeline;
  const step = steps[index] ?? 0;
  return (
    <div class="timeline">
      <button type="button" onClick={togglePlay} disabled={steps.length < 2}>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d={playing ? 'M2 1h3v10H2zM7 1h3v10H7z' : 'M2 1l9 5-9 5z'} fill="currentColor" />
        </svg>
        {playing ? 'Pause' : 'Play'}
      </button>
      <input
        type="range"
        aria-label="Frame"
        aria-valuetext={`step ${step}`}
        min={0}
        max={Math.max(0, steps.length - 1)}
        value={index}
        disabled={steps.length < 2}
        onInput={(event) => go(Number(event.currentTarget.value))}
      />
      <output>
        step {wholeNumber(step)}
        <span class="faint"> · {following ? 'newest' : `${index + 1} of ${steps.length}`}</span>
      </output>
    </div>
  );
}
