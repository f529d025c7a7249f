import type { StudySummary } from '../../../../src/server/library/studies.ts';

/** How much of a study is trained. */
export function StudyProgress({ runs, title }: Pick<StudySummary, 'runs' | 'title'>) {
  const finished = runs.filter((run) => run.state === 'finished').length;
  return (
    <>
      <progress
        max={runs.length || 1}
        value={runs.reduce((sum, { done }) => sum + done, 0)}
        aria-label={`Progress of ${title}`}
      />
      <p class="faint small">
        {finished} of {runs.length} runs finished
      </p>
    </>
  );
}
