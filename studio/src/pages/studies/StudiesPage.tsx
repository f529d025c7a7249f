import './studies.css';
import type { StudySummary } from '../../../../src/server/schemas.ts';
import { studies } from '../../api/live.ts';
import { Empty } from '../../components/Notice.tsx';
import { hrefOf } from '../../shell/route.ts';
import { whenText } from '../../words/time.ts';

/** Every study of the folder with its progress. */
export function StudiesPage() {
  const list = studies.value;
  return (
    <>
      <div class="heading">
        <div>
          <h1>Studies</h1>
          <p class="faint small">Sets of runs held against the claims of the paper</p>
        </div>
      </div>
      {list?.length === 0 && (
        <Empty title="No studies yet">
          <p>A study trains several models, measures them and writes a report. Start one with</p>
          <p>
            <code>shakelab study mnist --out …</code>
          </p>
          <p class="small">It appears here as soon as its first run begins.</p>
        </Empty>
      )}
      <div class="columns">
        {list?.map((study) => (
          <StudyCard key={study.id} study={study} />
        ))}
      </div>
    </>
  );
}

const tones = { running: 'busy', unfinished: 'warm', finished: 'good' } as const;

function StudyCard({ study }: { study: StudySummary }) {
  const { id, name, title, state, runs, finishedAt } = study;
  const finished = runs.filter((run) => run.state === 'finished').length;
  return (
    <article class="card">
      <header>
        <h2>
          <a href={hrefOf({ page: 'study', id })}>{title}</a>
        </h2>
        <span class={`badge ${tones[state]}`}>{state}</span>
      </header>
      <progress
        max={runs.length || 1}
        value={runs.reduce((sum, { done }) => sum + done, 0)}
        aria-label={`Progress of ${title}`}
      />
      <p class="faint small">
        {finished} of {runs.length} runs finished
        {finishedAt && ` · ${whenText(finishedAt)}`} · <code>{name}</code>
      </p>
    </article>
  );
}
