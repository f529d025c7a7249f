import { useState } from 'preact/hooks';
import type { RunConfig } from '../../../../src/runs/fields.ts';
import type { OwnDataSummary } from '../../../../src/server/ownData.ts';
import { wholeNumber } from '../../../../src/text/text.ts';
import { visibleText } from '../../../../src/text/visible.ts';
import { api, json } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { Problem } from '../../components/Notice.tsx';

interface OwnDataCardProps {
  config: Partial<RunConfig>;
  /** Told when the server has read the data. */
  checked(): void;
}

/** Has the server read data of one's own before a run starts, and tells what they are. */
export function OwnDataCard({ config, checked }: OwnDataCardProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [summary, setSummary] = useState<OwnDataSummary | null>(null);
  const check = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setSummary(await json(api.data.check.$post({ json: { config } })));
      checked();
    } catch (error) {
      setSummary(null);
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  return (
    <section class="card stack" aria-labelledby="data-title" aria-busy={busy}>
      <h2 id="data-title">Own data</h2>
      {problem && <Problem>{problem}</Problem>}
      {summary && <Findings summary={summary} />}
      <div class="row">
        <button
          type="button"
          disabled={busy || !session.value?.mayWrite}
          onClick={() => void check()}
        >
          {busy ? 'Reading …' : 'Check data'}
        </button>
        {!summary && <p class="faint small">Data are read and counted before a run can start.</p>}
      </div>
    </section>
  );
}

function Findings({ summary }: { summary: OwnDataSummary }) {
  const { holds, channels, height, width, classes, passedOver, notes } = summary;
  return (
    <>
      <p>
        {holds}: {wholeNumber(classes.length)} classes, {countsText(classes)}; {height}×{width},{' '}
        {channels === 1 ? '1 channel' : `${channels} channels`}
      </p>
      <details class="more">
        <summary>Classes</summary>
        <ul class="small">
          {classes.map((own) => (
            <li key={own.name}>
              {visibleText(own.name)}: {countsText([own])}
            </li>
          ))}
        </ul>
      </details>
      {passedOver.map(({ reason, count, example }) => (
        <p key={reason} class="faint small">
          passed over: {wholeNumber(count)} {reason}, such as {visibleText(example)}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} class="faint small">
          {visibleText(note)}
        </p>
      ))}
    </>
  );
}

/** `24 to train, 6 to test`, with those to choose by where there are some. */
function countsText(classes: OwnDataSummary['classes']): string {
  const total = (split: 'train' | 'validation' | 'test') =>
    wholeNumber(classes.reduce((sum, own) => sum + (own[split] ?? 0), 0));
  const chooses = classes.some(({ validation }) => validation !== undefined);
  const choice = chooses ? [`${total('validation')} to choose by`] : [];
  return [`${total('train')} to train`, ...choice, `${total('test')} to test`].join(', ');
}
