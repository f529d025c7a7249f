import './studies.css';
import type { StudySummary } from '../../../../src/server/library/studies.ts';
import { percent } from '../../../../src/text/text.ts';
import { studies } from '../../api/live.ts';
import { Empty, Problem } from '../../components/Notice.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { hrefOf } from '../../state/route.ts';
import { StudyBadge } from './StudyBadge.tsx';
import { StudyProgress } from './StudyProgress.tsx';

/** More columns than this nobody can compare. */
const mostCompared = 12;

/** One study: its runs, and its report in a frame. */
export function StudyPage({ id }: { id: string }) {
  const study = studies.value?.find((other) => other.id === id);
  if (!studies.value) return <div class="card skeleton" aria-busy="true" />;
  if (!study) return <Problem>There is no such study in this folder (any more).</Problem>;
  const begun = study.runs.flatMap((run) => (run.id ? [run.id] : []));
  const comparable = begun.length > 0 && begun.length <= mostCompared;
  return (
    <>
      <div class="heading">
        <div>
          <p class="faint small">
            <a href={hrefOf({ page: 'studies' })}>Studies</a> / {study.name}
          </p>
          <h1>
            {study.title} <StudyBadge state={study.state} />
          </h1>
        </div>
        {comparable && (
          <a class="button" href={hrefOf({ page: 'compare', ids: begun })}>
            Compare its runs
          </a>
        )}
      </div>
      <StudyRuns study={study} />
      <Report study={study} />
    </>
  );
}

function StudyRuns({ study: { runs, title } }: { study: StudySummary }) {
  return (
    <section class="card study" aria-label="Runs of the study">
      <StudyProgress runs={runs} title={title} />
      <ul class="study-runs">
        {runs.map(({ id, title, state, done, testError, host, queue }) => (
          <li key={title}>
            <span>{id ? <a href={hrefOf({ page: 'run', id })}>{title}</a> : title}</span>
            <progress max={1} value={done} aria-label={`Progress of ${title}`} />
            <StateBadge state={state} host={host} queue={queue} />
            <span class="number">{testError === null ? '–' : percent(testError)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Report({ study: { id, title, state, reportedAt } }: { study: StudySummary }) {
  if (!reportedAt) {
    return (
      <Empty title="No report yet">
        <p>
          {state === 'running'
            ? 'It appears here once its runs are trained and measured.'
            : 'The study was broken off; the command that began it goes on with it.'}
        </p>
      </Empty>
    );
  }
  const address = `/api/studies/${id}/report`;
  return (
    <section class="card report" aria-label="Report">
      <header>
        <h2>Report</h2>
        <a class="button" href={address} target="_blank" rel="noreferrer">
          Open alone
        </a>
      </header>
      <iframe key={reportedAt} title={`Report of ${title}`} src={address} sandbox="allow-popups" />
    </section>
  );
}
