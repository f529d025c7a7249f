import './studies.css';
import type { StudySummary } from '../../../../src/server/library/studies.ts';
import { studies } from '../../api/live.ts';
import { Empty } from '../../components/Notice.tsx';
import { hrefOf } from '../../state/route.ts';
import { whenText } from '../../words/time.ts';
import { StudyBadge } from './StudyBadge.tsx';
import { StudyProgress } from './StudyProgress.tsx';

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
          <p class="small">It appears here as soon as its runs are planned.</p>
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

function StudyCard({ study }: { study: StudySummary }) {
  const { id, name, title, state, runs, reportedAt } = study;
  return (
    <article class="card">
      <header>
        <h2>
          <a href={hrefOf({ page: 'study', id })}>{title}</a>
        </h2>
        <StudyBadge state={state} />
      </header>
      <StudyProgress runs={runs} title={title} />
      <p class="faint small">
        {reportedAt && `Report of ${whenText(reportedAt)} · `}
        <code>{name}</code>
      </p>
    </article>
  );
}
