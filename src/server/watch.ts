import type { Library } from './library/library.ts';

/** Between two looks at the folder while somebody is watching. */
const lookMilliseconds = 1000;

/** Looks at the folder again and again while there is somebody to tell. */
export class Watch {
  private readonly library: Library;
  private watchers = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(library: Library) {
    this.library = library;
  }

  /** @returns a function that leaves again */
  join(): () => void {
    this.watchers++;
    this.timer ??= setInterval(() => this.library.refresh().catch(() => {}), lookMilliseconds);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      if (--this.watchers === 0) this.stop();
    };
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}
