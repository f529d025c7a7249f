import { useRef, useState } from 'preact/hooks';
import type { RunSummary } from '../../../../src/server/library/runSummary.ts';
import { api } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { Problem } from '../../components/Notice.tsx';
import { go } from '../../state/route.ts';
import { DeleteRun } from './DeleteRun.tsx';

/** Tags, a note and the archive; another name, and the end of a run. */
export function LabelsCard({ run }: { run: RunSummary }) {
  const { id, name, tags, note, archived } = run;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const newest = useRef<Promise<void>>(Promise.resolve());
  // One after the other, and nothing is switched off meanwhile: leaving a field changes it, and a field or
  // button that was gone to would lose its first keys or its click.
  const change = async (ask: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    const own = newest.current
      .then(ask)
      .then(() => {})
      .catch((error: Error) => setProblem(error.message));
    newest.current = own;
    await own;
    if (newest.current === own) setBusy(false);
  };
  const label = (labels: { tags?: string[]; note?: string; archived?: boolean }) =>
    change(() => api.runs[':id'].labels.$post({ param: { id }, json: labels }));
  const rename = (to: string) =>
    change(async () => {
      const { id: now } = await (
        await api.runs[':id'].rename.$post({ param: { id }, json: { name: to } })
      ).json();
      go({ page: 'run', id: now });
    });
  const last = name.split('/').at(-1)!;
  return (
    <section class="card stack labels" aria-label="Notes" aria-busy={busy}>
      <h2>Notes</h2>
      {problem && <Problem>{problem}</Problem>}
      <fieldset disabled={!session.value?.mayWrite}>
        <label>
          Tags
          <input
            key={tags.join()}
            placeholder="baseline, paper"
            defaultValue={tags.join(', ')}
            onChange={({ currentTarget: { value } }) => label({ tags: tagsIn(value) })}
          />
        </label>
        <label>
          Note
          <textarea
            key={note}
            rows={3}
            defaultValue={note}
            onChange={({ currentTarget: { value } }) => label({ note: value })}
          />
        </label>
        <label>
          Name
          <input
            key={name}
            defaultValue={last}
            onChange={({ currentTarget: { value } }) => rename(value)}
          />
        </label>
        <div class="row">
          <button type="button" onClick={() => label({ archived: !archived })}>
            {archived ? 'Show in lists again' : 'Archive'}
          </button>
          <DeleteRun id={id} name={name} change={change} />
        </div>
      </fieldset>
    </section>
  );
}

const tagsIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
