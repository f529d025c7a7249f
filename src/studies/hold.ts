import { type ClaimNote, claimFolder } from '../runs/lease.ts';

/** Does a study's work while no other process may work in its folder; steps are checked by their run. */
export async function* holdFolder<Event extends { kind: string }>(
  out: string,
  work: AsyncGenerator<Event>,
  signal?: AbortSignal,
): AsyncGenerator<Event | ClaimNote> {
  const lease = yield* claimFolder(out, { signal });
  if (!lease) return;
  try {
    for await (const event of work) {
      if (event.kind !== 'training') await lease.check();
      yield event;
    }
  } finally {
    await lease.release();
  }
}
