import { expect, test, vi } from 'vitest';
import { noPeers } from './peers.ts';
import type { FigureResult } from './results.ts';
import type { CaseEvent, Session } from './session.ts';
import { runFirstStep, runHelp } from './starts.ts';

const session: Session = {
  ...{ threads: 1, pairs: 1, seconds: 0, peers: noPeers, bf16: false, compiled: false },
};

async function eventsOf(start: AsyncGenerator<CaseEvent>): Promise<CaseEvent[]> {
  const events: CaseEvent[] = [];
  for await (const event of start) events.push(event);
  return events;
}

test('help is measured in turns with an empty program', async () => {
  const events = await eventsOf(runHelp('help', session, 1));
  const tasks = events.flatMap((event) => (event.kind === 'task' ? [event.task] : []));
  expect(tasks).toEqual(['pair 1/1, shakelab', 'pair 1/1, node -e 0']);
  const last = events.at(-1) as CaseEvent & { kind: 'result' };
  expect((last.result as FigureResult).value.median).toBeGreaterThan(0);
});

test('where there is no MNIST, the first step is left out with a word', async () => {
  vi.stubEnv('SHAKELAB_DATA', '');
  vi.stubEnv('XDG_CACHE_HOME', '/nowhere');
  const events = await eventsOf(runFirstStep('start', session));
  vi.unstubAllEnvs();
  expect(events).toEqual([{ kind: 'note', text: 'start is left out: MNIST is not there yet' }]);
});
