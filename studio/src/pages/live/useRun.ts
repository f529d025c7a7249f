import { useEffect, useState } from 'preact/hooks';
import type { Metrics } from '../../../../src/server/metrics.ts';
import type { Frames } from '../../../../src/server/resources/frames.ts';
import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { api, json } from '../../api/client.ts';
import { listen, runs } from '../../api/live.ts';
import { FrameStore } from './frames.ts';
import { appendMetrics } from './metrics.ts';

/** All that is known of one run, kept up to date. */
export interface LiveRun {
  detail: RunDetail | null;
  metrics: Metrics | null;
  frames: Frames | null;
  /** Null until frames and class names are known. */
  store: FrameStore | null;
  error: string | null;
}

const nothing: LiveRun = { detail: null, metrics: null, frames: null, store: null, error: null };

/** Fetches a run, then follows its events. */
export function useRun(id: string): LiveRun {
  const [run, setRun] = useState<LiveRun>(nothing);
  const summary = runs.value?.find((other) => other.id === id);
  const merge = (change: Partial<LiveRun>) => setRun((known) => ({ ...known, ...change }));

  // A change of state brings a new record; one that has gone from the list has none any more.
  useEffect(() => {
    if (run.detail?.id === id && !summary) return;
    let current = true;
    fetchRun(id).then(
      (fetched) =>
        current && setRun((known) => ({ ...fetched, store: known.store ?? fetched.store })),
      (error: Error) => current && merge({ error: error.message }),
    );
    return () => {
      current = false;
    };
  }, [id, summary?.state]);

  useEffect(
    () =>
      listen(id, {
        metrics: (news) =>
          setRun((known) => ({
            ...known,
            metrics: known.metrics ? appendMetrics(known.metrics, news) : news,
          })),
        frames: () =>
          void fetchFrames(id).then((frames) => setRun((known) => withFrames(known, frames))),
        reset: () => void fetchRun(id).then(setRun),
      }),
    [id],
  );
  return summary && run.detail ? { ...run, detail: { ...run.detail, ...summary } } : run;
}

async function fetchRun(id: string): Promise<LiveRun> {
  const [detail, metrics, frames] = await Promise.all([
    json(api.runs[':id'].$get({ param: { id } })),
    json(api.runs[':id'].metrics.$get({ param: { id }, query: {} })),
    fetchFrames(id).catch(() => null),
  ]);
  return { detail, metrics, frames, store: storeOf(detail, frames), error: null };
}

const fetchFrames = (id: string): Promise<Frames> =>
  json(api.runs[':id'].frames.$get({ param: { id } }));

/** The frames as they are now; those fetched before stay. */
function withFrames(known: LiveRun, frames: Frames): LiveRun {
  return { ...known, frames, store: known.store ?? storeOf(known.detail, frames) };
}

/** Before the first frame it is not known of which samples frames will be. */
function storeOf(detail: RunDetail | null, frames: Frames | null): FrameStore | null {
  const classes = detail?.images?.classNames.length;
  if (!detail || !classes || !frames || frames.steps.length === 0) return null;
  return new FrameStore(detail.id, frames, classes);
}
