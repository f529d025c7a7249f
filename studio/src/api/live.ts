import { signal } from '@preact/signals';
import type { RunSummary } from '../../../src/server/library/runSummary.ts';
import type { StudySummary } from '../../../src/server/library/studies.ts';
import type { Metrics } from '../../../src/server/metrics.ts';
import { api } from './routes.ts';
import { followEvents, type StreamEvent } from './stream.ts';

/** Every run, newest first; null until they are fetched. */
export const runs = signal<RunSummary[] | null>(null);

/** Every study; null until they are fetched. */
export const studies = signal<StudySummary[] | null>(null);

/** What is being done to show the images of a run, by its id; null once it is over. */
export const looking = signal<ReadonlyMap<string, string | null>>(new Map());

/** How the page stands with the server. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting');

/** What happens to one run, for the page that shows it. */
export interface RunListener {
  metrics(metrics: Metrics): void;
  /** There are new frames; `api.frames` tells which. */
  frames(): void;
  /** Too much was missed: fetch everything again. */
  reset(): void;
}

const listeners = new Map<string, Set<RunListener>>();

/** Hears of a run's new metrics and frames until the returned function is called. */
export function listen(id: string, listener: RunListener): () => void {
  const own = listeners.get(id) ?? new Set();
  listeners.set(id, own.add(listener));
  return () => own.delete(listener);
}

/**
 * Fetches runs and studies, and keeps them as the server has them: the events that follow are those
 * since the list of runs was made.
 *
 * @param failed is told why the lists cannot be fetched
 */
export async function connect(failed: (error: Error) => void): Promise<void> {
  const newest = await fetchAll().catch((error: Error) => {
    failed(error);
    return '';
  });
  followEvents(newest, {
    standing: (standing) => {
      connection.value = standing;
    },
    event: ({ kind, content }) => {
      if (kind === 'reset') fetchAll().catch(failed);
      act[kind](content);
    },
  });
}

/** What is done when something happened; the server keeps to the API's schemas. */
const act: Record<StreamEvent['kind'], (content: unknown) => void> = {
  run(content) {
    const run = content as RunSummary;
    takeSoon(run);
    if (run.study) fetchStudiesSoon();
  },
  gone(content) {
    const { id } = content as { id: string };
    runs.value = (runs.value ?? []).filter((run) => run.id !== id);
  },
  metrics(content) {
    const { id, metrics } = content as { id: string; metrics: Metrics };
    for (const listener of listeners.get(id) ?? []) listener.metrics(metrics);
  },
  frames(content) {
    for (const listener of listeners.get((content as { id: string }).id) ?? []) listener.frames();
  },
  study: fetchStudiesSoon,
  looking(content) {
    const { id, doing } = content as { id: string; doing: string | null };
    looking.value = new Map(looking.value).set(id, doing);
  },
  reset() {
    for (const own of listeners.values()) for (const listener of own) listener.reset();
  },
};

/** Fetches the lists of runs and studies; the id of the newest event that the first knows of. */
async function fetchAll(): Promise<string> {
  const fetchRuns = async () => {
    const { list, newest } = await api.runs();
    runs.value = list;
    return newest;
  };
  const fetchStudies = async () => {
    studies.value = await api.studies();
  };
  const [newest] = await Promise.all([fetchRuns(), fetchStudies()]);
  return newest;
}

const news: RunSummary[] = [];

/** Many runs may change at once; the list is drawn once for all of them. */
function takeSoon(run: RunSummary): void {
  if (news.push(run) > 1) return;
  setTimeout(() => {
    runs.value = news.splice(0).reduce(withRun, runs.value ?? []);
  }, 50);
}

let studiesDue = false;

/** Studies move with their runs; they are asked for once, however many events come together. */
function fetchStudiesSoon(): void {
  if (studiesDue) return;
  studiesDue = true;
  setTimeout(async () => {
    studiesDue = false;
    studies.value = await api.studies().catch(() => studies.value);
  }, 1000);
}

/** The list with a run that is new or changed; a new one comes first. */
function withRun(list: readonly RunSummary[], run: RunSummary): RunSummary[] {
  const known = list.some(({ id }) => id === run.id);
  return known ? list.map((other) => (other.id === run.id ? run : other)) : [run, ...list];
}
