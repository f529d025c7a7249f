/** What a run that is under way has of the threads, until it ends or is to begin anew with more. */
export interface Share {
  readonly threads: number;
  /** Seconds that the run still takes with these threads, as far as is known. */
  secondsLeft: number;
  /** Aborted when it is worth its while to begin anew with more threads. */
  readonly more: AbortController;
}

/** Beginning anew takes seconds: saving, opening data and net. A run that ends sooner keeps what it has. */
const worthwhileSeconds = 20;

/** Shares a number of threads out among runs, so many at once, until none waits for its turn. */
export class Shares {
  private readonly places: number;
  private readonly threads: number;
  private readonly taken = new Set<Share>();

  constructor(places: number, threads: number) {
    this.places = places;
    this.threads = threads;
  }

  /** @param waiting runs that have not begun, without this one */
  take(waiting: number): Share {
    const threads = this.fair(this.taken.size + 1 + waiting);
    const share = { threads, secondsLeft: Number.NaN, more: new AbortController() };
    this.taken.add(share);
    return share;
  }

  /** Gives a share back. Where no run waits for it, those that take long yet are to have it. */
  give(share: Share, waiting: number): void {
    this.taken.delete(share);
    if (waiting > 0) return;
    const fair = this.fair(this.taken.size);
    for (const { threads, secondsLeft, more } of this.taken) {
      if (fair > threads && secondsLeft > worthwhileSeconds) more.abort();
    }
  }

  private fair(runs: number): number {
    return Math.max(1, Math.floor(this.threads / Math.min(this.places, runs)));
  }
}
