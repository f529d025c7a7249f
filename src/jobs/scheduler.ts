/** What the jobs of a study may use. What is left out, the scheduler decides. */
export interface Resources {
  partition?: string;
  /** Longest time of a worker, as the scheduler writes it: `4:00:00`. */
  time?: string;
  /** Processors of a worker, which it computes with as many threads. */
  cpus: number;
  /** Workers at once, at most. */
  arrayLimit?: number;
  /** What a host must have: `avx2`. */
  constraint?: string;
  /** Further options, as the scheduler takes them. */
  flags?: string;
  /** Lines of a shell that make a host ready, such as `module load nodejs`. */
  setup?: string;
}

/** Workers that are submitted together, each for one run of a study, and what follows them. */
export interface Batch {
  /** What people see in the queue. */
  name: string;
  /** The study's folder, absolute. */
  out: string;
  /** Numbers of runs in the study's plan, ascending. */
  runs: readonly number[];
  resources: Resources;
  /** Words of the command that works on a run; its number and its threads come behind. */
  work: readonly string[];
  /** Words of the command that follows when all workers have ended, however they have. */
  closing: readonly string[];
}

/** An array of workers: task k works on the run `first` + k. */
export interface Job {
  id: string;
  first: number;
}

/** What was submitted. */
export interface Submitted {
  jobs: Job[];
  /** The job that follows them. */
  closing: string;
}

/** A run as its scheduler has it. */
export interface QueuedRun {
  index: number;
  job: string;
  state: 'queued' | 'running';
  /** Why it waits, in the scheduler's words. */
  reason: string;
}

/**
 * Starts workers somewhere, and knows which of them wait. That is all: what they have done lies in the
 * study's folder, which every host sees.
 */
export interface Scheduler {
  name: string;
  /** Runs that it takes at once; more are submitted when those have ended. */
  most: number;
  /** What `submit` would hand in, as text. @throws RequestError where the resources are wrong */
  script(batch: Batch): string;
  /** @throws RequestError where it is not at hand, or refuses */
  submit(batch: Batch): Promise<Submitted>;
  /** Those of the jobs' runs that wait or run; none where it is not at hand, or has forgotten them. */
  queued(jobs: readonly Job[]): Promise<QueuedRun[]>;
  /** Of those jobs that are not arrays, which wait or run. */
  awaited(ids: readonly string[]): Promise<string[]>;
  /** Whether this process is a job of its own. */
  startedThis(): boolean;
  /** Has it start the job of this process again. @throws Error where it would not */
  again(): Promise<void>;
}
