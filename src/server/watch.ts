import type { Library } from './library/library.ts';

/** Between two looks at the folder while somebody is watching. */
const lookMilliseconds = 1000;

/** How much longer than a look took the next one is waited for. */
const restFactor = 80;

/** Looks at the folder again and again while there is somebody to tell. */
export class Watch {
  private readonly library: Library;
  private watchers = 0;
  /** When everything is looked at again. */
  private due = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(library: Library) {
    this.library = library;
  }

  /** @returns a function that leaves again */
  join(): () => void {
    this.watchers++;
    this.timer ??= setInterval(() => void this.look().catch(() => {}), lookMilliseconds);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      if (--this.watchers === 0) this.stop();
    };
  }

  /** Sees everything as often as an eightieth of a processor allows, and what is at work every time. */
  private async look(): Promise<void> {
    if (performance.now() < this.due) return this.library.refreshLive();
    this.due = Number.POSITIVE_INFINITY;
    const before = process.cpuUsage();
    await this.library.refresh().catch(() => {});
    const { user, system } = process.cpuUsage(before);
    this.due = performance.now() + ((user + system) / 1000) * restFactor - lookMilliseconds;
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}
