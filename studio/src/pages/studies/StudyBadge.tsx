import type { StudySummary } from '../../../../src/server/library/studies.ts';

const tones = { running: 'busy', unfinished: 'warm', finished: 'good' } as const;

/** How a study stands. */
export function StudyBadge({ state }: Pick<StudySummary, 'state'>) {
  return <span class={`badge ${tones[state]}`}>{state}</span>;
}
