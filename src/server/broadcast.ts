import type { EventLog } from './events.ts';
import type { LibraryChange } from './library/library.ts';
import { columnsOf } from './metrics.ts';

/** Tells pages what a look at the folder found new. */
export function broadcast(log: EventLog, { runs, gone, studies }: LibraryChange): void {
  for (const id of gone) log.append('gone', { id });
  for (const id of studies) log.append('study', { id });
  for (const { summary, events, framesBefore } of runs) {
    const { id, frames: count } = summary;
    log.append('run', summary);
    if (events.length > 0) log.append('metrics', { id, metrics: columnsOf(events) });
    if (count !== framesBefore) {
      log.append('frames', { id, first: count > framesBefore ? framesBefore : 0, count });
    }
  }
}
