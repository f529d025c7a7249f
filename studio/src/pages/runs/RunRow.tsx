import { modelTitle } from '../../../../src/nets/titles.ts';
import type { RunSummary } from '../../../../src/server/library/runSummary.ts';
import { wholeNumber } from '../../../../src/text/text.ts';
import { StateBadge } from '../../components/StateBadge.tsx';
import { hrefOf } from '../../state/route.ts';
import { errorText } from '../../words/judgement.ts';
import { spanText, whenText } from '../../words/time.ts';

interface RunRowProps {
  run: RunSummary;
  picked: boolean;
  toggle(id: string): void;
}

/** One run: what it is, how far it is, how good it is. */
export function RunRow({ run, picked, toggle }: RunRowProps) {
  const { id, name, config, state, host, problem, imagesPerSecond, startedAt } = run;
  return (
    <tr>
      <td class="pick">
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          checked={picked}
          disabled={!config}
          onChange={() => toggle(id)}
        />
      </td>
      <td class="name">
        <a href={hrefOf({ page: 'run', id })}>{name}</a>
        {problem && <p class="why">{problem}</p>}
        <Labels run={run} />
      </td>
      <td class="state">
        <StateBadge state={state} host={host} />
      </td>
      <td class="model">{config && <Model config={config} />}</td>
      <td class="progress">
        <RunProgress run={run} />
      </td>
      <td class="number error">{errorText(run)}</td>
      <td class="number speed">{imagesPerSecond ? wholeNumber(imagesPerSecond) : '–'}</td>
      <td class="number when">{whenText(startedAt)}</td>
    </tr>
  );
}

function Labels({ run: { tags, note } }: { run: RunSummary }) {
  if (tags.length === 0 && note === '') return null;
  return (
    <p class="faint tiny said">
      {tags.map((tag) => (
        <span key={tag} class="tag">
          {tag}
        </span>
      ))}
      {note.split('\n', 1)[0]}
    </p>
  );
}

function Model({ config }: { config: NonNullable<RunSummary['config']> }) {
  return (
    <>
      {modelTitle(config)}
      <p class="faint tiny">
        {config.net} · {config.dataset} · seed {config.seed}
      </p>
    </>
  );
}

/** A bar, the epoch, and the time left while it runs. */
function RunProgress({ run: { progress, secondsLeft, name } }: { run: RunSummary }) {
  if (!progress) return <span class="faint">–</span>;
  const { step, steps, epoch, epochs } = progress;
  return (
    <>
      <progress max={steps} value={step} aria-label={`Progress of ${name}`} />
      <p class="faint tiny">
        epoch {epoch} of {epochs}
        {secondsLeft !== null && ` · ${spanText(secondsLeft)} left`}
      </p>
    </>
  );
}
