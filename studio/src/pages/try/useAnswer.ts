import { useCallback, useRef, useState } from 'preact/hooks';
import type { Told } from '../../../../src/server/processes/predictor.ts';
import { api, json } from '../../api/client.ts';

/** What the run said last, and how to ask it about a file. */
export function useAnswer(id: string) {
  const [answer, setAnswer] = useState<Told | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = useRef(0);
  const ask = useCallback(
    async (file: Blob) => {
      const own = ++asked.current;
      setBusy(true);
      const found = await fetchAnswer(id, file).catch((error: Error) => error);
      // Of several questions the last one counts.
      if (own !== asked.current) return;
      setBusy(false);
      setProblem(found instanceof Error ? found.message : null);
      if (!(found instanceof Error)) setAnswer(found);
    },
    [id],
  );
  return { answer, problem, busy, ask };
}

function fetchAnswer(id: string, file: Blob): Promise<Told> {
  const headers = { 'content-type': 'application/octet-stream' };
  return json(
    api.runs[':id'].predictions.$post({ param: { id } }, { init: { body: file, headers } }),
  );
}
