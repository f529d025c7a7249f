import { signal } from '@preact/signals';
import type { RunSummary } from '../../../src/server/library/runSummary.ts';
import type { StudySummary } from '../../../src/server/library/studies.ts';
import type { Metrics } from '../../../src/server/metrics.ts';
import { api, json } from './client.ts';
import { fetchVocabulary, openSession } from './session.ts';
import { type EventHandlers, followEvents } from './stream.ts';

/** Every run, newest first; null until they are fetched. */
export const runs = signal<RunSummary[] | null>(null);

/** Every study; null until they are fetched. */
export const studies = signal<StudySummary[] | null>(null);

/** What is being done to show the images of a run, by its id; null once it is over. */
export const looking = signal<ReadonlyMap<string, string | null>>(new Map());

/** How the page stands with the server. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting');

/** Why the lists, the session or its words could not be fetched; null where they were. */
export const problem = signal<string | null>(null);

/** What happens to one run, for the page that shows it. */
export interface RunListener {
  metrics(metrics: Metrics): void;
  /** There are new frames; the server tells which. */
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
 * Fetches all lists, and keeps them as the server has them: the events that follow are those since
 * the list of runs was made.
 */
export async function connect(): Promise<void> {
  followEvents(await fetchAll(), handlers, (standing) => {
    connection.value = standing;
  });
}

const handlers: EventHandlers = {
  run(run) {
    takeSoon(run);
    if (run.study) fetchStudiesSoon();
  },
  gone({ id }) {
    runs.value = (runs.value ?? []).filter((run) => run.id !== id);
  },
  metrics({ id, metrics }) {
    for (const listener of listeners.get(id) ?? []) listener.metrics(metrics);
  },
  frames({ id }) {
    for (const listener of listeners.get(id) ?? []) listener.frames();
  },
  study: fetchStudiesSoon,
  looking({ id, doing }) {
    looking.value = new Map(looking.value).set(id, doing);
  },
  reset() {
    void fetchAll();
    for (const own of listeners.values()) for (const listener of own) listener.reset();
  },
};

/** Fetches everything; the id of the newest event that the list of runs knows of, or nothing. */
async function fetchAll(): Promise<string> {
  try {
    await openSession();
    const [newest] = await Promise.all([fetchRuns(), fetchStudies(), fetchVocabulary()]);
    problem.value = null;
    return newest;
  } catch (error) {
    problem.value = (error as Error).message;
    return '';
  }
}

async function fetchRuns(): Promise<string> {
  const answer = await api.runs.$get();
  runs.value = await answer.json();
  return answer.headers.get('last-event-id') ?? '';
}

async function fetchStudies(): Promise<void> {
  studies.value = await json(api.studies.$get());
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
    await fetchStudies().catch(() => {});
  }, 1000);
}

/** The list with a run that is new or changed; a new one comes first. */
function withRun(list: readonly RunSummary[], run: RunSummary): RunSummary[] {
  const known = list.some(({ id }) => id === run.id);
  return known ? list.map((other) => (other.id === run.id ? run : other)) : [run, ...list];
}
