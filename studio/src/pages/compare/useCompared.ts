import { useEffect, useState } from 'preact/hooks';
import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { api, json } from '../../api/client.ts';
import { distinctTitles } from '../../words/titles.ts';
import { fetchPlanes, type RunPlanes } from './planes.ts';

/** The runs of a comparison, as far as they have come. */
export interface Compared {
  details: RunDetail[];
  titles: string[];
  /** In the order of `details`, without those that are still embedding or cannot be. */
  planes: RunPlanes[];
  /** Why a run is not shown, by its title. */
  problems: { title: string; message: string }[];
  /** The runs that are still to come. */
  pending: { id: string; title: string }[];
}

const nothing: Compared = { details: [], titles: [], planes: [], problems: [], pending: [] };

/** Fetches the records of some runs, then the clouds of one run after the other. */
export function useCompared(ids: readonly string[]): Compared {
  const [compared, setCompared] = useState<Compared>(nothing);
  const key = ids.join(',');
  // The key stands for the ids.
  useEffect(() => {
    const abort = new AbortController();
    const update = (change: (known: Compared) => Compared) => {
      if (!abort.signal.aborted) setCompared(change);
    };
    setCompared({ ...nothing, pending: ids.map((id) => ({ id, title: '' })) });
    void fetchAll(ids, abort.signal, update);
    return () => abort.abort();
  }, [key]);
  return compared;
}

async function fetchAll(
  ids: readonly string[],
  signal: AbortSignal,
  update: (change: (known: Compared) => Compared) => void,
): Promise<void> {
  const answers = await Promise.allSettled(
    ids.map((id) => json(api.runs[':id'].$get({ param: { id } }))),
  );
  const details = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? [answer.value] : [],
  );
  const lost = answers.flatMap((answer, i) =>
    answer.status === 'rejected' ? [{ title: ids[i], message: String(answer.reason.message) }] : [],
  );
  const titles = distinctTitles(details);
  const pending = details.map(({ id }, i) => ({ id, title: titles[i] }));
  update((known) => ({ ...known, details, titles, problems: lost, pending }));
  for (const [i, run] of details.entries()) {
    try {
      const planes = await fetchPlanes(run, titles[i], signal);
      update((known) => ({
        ...known,
        planes: [...known.planes, planes],
        pending: known.pending.filter(({ id }) => id !== run.id),
      }));
    } catch (error) {
      if (signal.aborted) return;
      const problem = { title: titles[i], message: (error as Error).message };
      update((known) => ({
        ...known,
        problems: [...known.problems, problem],
        pending: known.pending.filter(({ id }) => id !== run.id),
      }));
    }
  }
}
