import { useState } from 'preact/hooks';
import { modelTitle } from '../../../../src/nets/titles.ts';
import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { percent, wholeNumber } from '../../../../src/text/text.ts';
import { api } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { Figure } from '../../components/Figure.tsx';
import { Problem } from '../../components/Notice.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { hrefOf } from '../../state/route.ts';
import { shownError } from '../../words/judgement.ts';
import { spanText } from '../../words/time.ts';

/** What the run is, how far it is, and the buttons that pause, resume and stop it. */
export function RunHeading({ run }: { run: RunDetail }) {
  const { id, name, state, host, config } = run;
  return (
    <>
      <div class="heading">
        <div>
          <p class="faint small">
            <a href={hrefOf({ page: 'runs' })}>Runs</a> / {name}
          </p>
          <h1>
            {config ? modelTitle(config) : name} <StateBadge state={state} host={host} />
          </h1>
        </div>
        <div class="row">
          <RunControls run={run} />
          {run.checkpoint && (
            <a class="button" href={hrefOf({ page: 'try', id })}>
              Try it
            </a>
          )}
          {config && (
            <a class="button" href={hrefOf({ page: 'compare', ids: [id] })}>
              Compare
            </a>
          )}
        </div>
      </div>
      {config && <Figures run={run} />}
    </>
  );
}

function RunControls({ run: { id, state } }: { run: RunDetail }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = (action: 'pause' | 'resume' | 'stop') => async () => {
    setBusy(true);
    setProblem(null);
    const asked = api.runs[':id'][action].$post({ param: { id } });
    await asked.catch((error: Error) => setProblem(error.message));
    setBusy(false);
  };
  const disabled = busy || !session.value?.mayWrite;
  const trains = state === 'running' || state === 'starting';
  const waits = state === 'paused' || state === 'stopped' || state === 'interrupted';
  return (
    <>
      {problem && <Problem>{problem}</Problem>}
      {trains && (
        <>
          <button type="button" disabled={disabled} onClick={act('pause')}>
            Pause
          </button>
          <button type="button" class="danger" disabled={disabled} onClick={act('stop')}>
            Stop
          </button>
        </>
      )}
      {(waits || state === 'failed') && (
        <button type="button" class="primary" disabled={disabled} onClick={act('resume')}>
          Resume
        </button>
      )}
    </>
  );
}

function Figures({
  run: { progress, imagesPerSecond, secondsLeft, best, lastEpoch, parameters, state },
}: {
  run: RunDetail;
}) {
  const running = state === 'running' || state === 'starting';
  const trainError = (best ?? lastEpoch)?.trainError ?? undefined;
  const judged = shownError({ best, lastEpoch });
  return (
    <section class="card figures" aria-label="Standing">
      <progress
        max={progress?.steps ?? 1}
        value={progress?.step ?? 0}
        aria-label="Progress of training"
      />
      <dl>
        <Figure title="Epoch" value={progress ? `${progress.epoch} of ${progress.epochs}` : '–'} />
        <Figure
          title="Step"
          value={progress ? `${wholeNumber(progress.step)} of ${wholeNumber(progress.steps)}` : '–'}
        />
        <Figure title="Images/s" value={imagesPerSecond ? wholeNumber(imagesPerSecond) : '–'} />
        {running && (
          <Figure title="Time left" value={secondsLeft === null ? '–' : spanText(secondsLeft)} />
        )}
        <Figure title="Train error" value={trainError === undefined ? '–' : percent(trainError)} />
        <Figure
          title={judged?.title ?? 'Test error'}
          value={judged ? percent(judged.error) : '–'}
        />
        {best && <Figure title="Best epoch" value={String(best.epoch)} />}
        <Figure title="Parameters" value={parameters === null ? '–' : wholeNumber(parameters)} />
      </dl>
    </section>
  );
}
