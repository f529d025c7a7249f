import { useState } from 'preact/hooks';
import type { RunConfig } from '../../../../src/runs/fields.ts';
import { api, json } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { Problem } from '../../components/Notice.tsx';
import { go } from '../../state/route.ts';

/**
 * Names the run, and starts it. It is ready unless the net is known to be refused: a button that waited
 * for every answer about the net would be switched off under a click just after a change.
 */
export function StartBar({ config, ready }: { config: Partial<RunConfig>; ready: boolean }) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const mayWrite = session.value?.mayWrite ?? false;
  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await json(
        api.runs.$post({ json: { config, name: name.trim() || undefined } }),
      );
      go({ page: 'run', id });
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <form
      class="row start"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      {problem && <Problem>{problem}</Problem>}
      {session.value && !mayWrite && (
        <p class="faint small">
          To start runs, open the whole address that <code>shakelab studio</code> printed.
        </p>
      )}
      <input
        aria-label="Name of the run"
        placeholder="Name (optional)"
        spellcheck={false}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="primary" disabled={!ready || busy || !mayWrite}>
        {busy ? 'Starting …' : 'Start run'}
      </button>
    </form>
  );
}
