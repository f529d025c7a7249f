import { signal } from '@preact/signals';
import type { Metrics, RunSummary, StudySummary } from '../../../src/server/schemas.ts';
import { api } from './routes.ts';

/** Every run, newest first; null until they are fetched. */
export const runs = signal<RunSummary[] | null>(null);

/** Every study; null until they are fetched. */
export const studies = signal<StudySummary[] | null>(null);

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

/** Opens the stream of events, which the browser takes up again where a connection broke. */
export function connect(): void {
  const stream = new EventSource('/api/events');
  stream.onopen = () => {
    connection.value = 'live';
  };
  stream.onerror = () => {
    connection.value = 'lost';
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  };
  on<RunSummary>(stream, 'run', (run) => {
    takeSoon(run);
    if (run.study) fetchStudiesSoon();
  });
  on<{ id: string }>(stream, 'gone', ({ id }) => {
    runs.value = (runs.value ?? []).filter((run) => run.id !== id);
  });
  on<{ id: string; metrics: Metrics }>(stream, 'metrics', ({ id, metrics }) => {
    for (const listener of listeners.get(id) ?? []) listener.metrics(metrics);
  });
  on<{ id: string }>(stream, 'frames', ({ id }) => {
    for (const listener of listeners.get(id) ?? []) listener.frames();
  });
  on<StudySummary>(stream, 'study', (study) => {
    studies.value = withStudy(studies.value ?? [], study);
  });
  stream.addEventListener('reset', () => {
    void fetchAll();
    for (const own of listeners.values()) for (const listener of own) listener.reset();
  });
}

/** Fetches the lists of runs and studies. */
export async function fetchAll(): Promise<void> {
  const run = api.runs().then((list) => {
    runs.value = list;
  });
  const study = api.studies().then((list) => {
    studies.value = list;
  });
  await Promise.all([run, study]);
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

function withStudy(list: readonly StudySummary[], study: StudySummary): StudySummary[] {
  const known = list.some(({ id }) => id === study.id);
  return known ? list.map((other) => (other.id === study.id ? study : other)) : [study, ...list];
}

function on<Content>(stream: EventSource, kind: string, act: (content: Content) => void): void {
  stream.addEventListener(kind, (event) => act(JSON.parse((event as MessageEvent).data)));
}
