import './try.css';
import { useCallback, useState } from 'preact/hooks';
import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { api, json } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { Note, Problem } from '../../components/Notice.tsx';
import { Sketch } from '../../components/Sketch.tsx';
import { useFiles } from '../../components/useFiles.ts';
import { hrefOf } from '../../state/route.ts';
import { useLoaded } from '../../state/useLoaded.ts';
import { Answer } from './Answer.tsx';
import { useAnswer } from './useAnswer.ts';

/** Larger grey images than this are not drawn by hand. */
const drawnSide = 64;

/** What a run says of a picture or sound of one's own. */
export function TryPage({ id }: { id: string }) {
  const { value: run, error } = useLoaded(id, () => json(api.runs[':id'].$get({ param: { id } })));
  if (error) return <Problem>{error}</Problem>;
  return run ? <Trial run={run} /> : <div class="card skeleton" aria-busy="true" />;
}

function Trial({ run }: { run: RunDetail }) {
  const { id, name, images, checkpoint } = run;
  const { answer, problem, busy, ask } = useAnswer(id);
  const [shown, setShown] = useState('');
  const open = useCallback(
    (file: File) => {
      setShown(file.name);
      ask(file);
    },
    [ask],
  );
  useFiles(open);
  const draw = (canvas: HTMLCanvasElement) =>
    canvas.toBlob((drawn) => drawn && open(new File([drawn], 'your drawing')));
  const sounds = run.data?.holds === 'sound clips';
  const drawn =
    !sounds && images?.channels === 1 && Math.max(images.height, images.width) <= drawnSide;
  return (
    <>
      <div class="heading">
        <div>
          <p class="faint small">
            <a href={hrefOf({ page: 'runs' })}>Runs</a> /{' '}
            <a href={hrefOf({ page: 'run', id })}>{name}</a>
          </p>
          <h1>Try it</h1>
        </div>
      </div>
      {!checkpoint && <Note>The run has no checkpoint yet; wait for its first.</Note>}
      {!session.value?.mayWrite && (
        <Note>
          Open the address that the studio printed: without its token nothing is computed here.
        </Note>
      )}
      {problem && <Problem>{problem}</Problem>}
      <div class="trial">
        <section class="card stack" aria-label="What to show it">
          <p>
            Drop {sounds ? 'a sound' : 'a picture'} on this page, paste one, or choose a file
            {drawn && '; or draw'}. It is read as the training files were, and not kept.
          </p>
          <input
            type="file"
            aria-label="File"
            accept={sounds ? 'audio/*' : 'image/*'}
            onChange={({ currentTarget: { files } }) => files?.[0] && open(files[0])}
          />
          {drawn && <Sketch onDraw={draw} />}
        </section>
        <section class="card stack" aria-label="What it says" aria-live="polite" aria-busy={busy}>
          <h2>{shown || 'Nothing yet'}</h2>
          {busy && <p class="faint small">looking …</p>}
          {answer && !problem && (
            <Answer answer={answer} caption={`${shown}, as the net sees it`} />
          )}
        </section>
      </div>
    </>
  );
}
