import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { StudyEvent } from '../events.ts';
import { runMnistStudy } from './mnist.ts';

const doneOf = (events: StudyEvent[]) => events.at(-1) as Extract<StudyEvent, { kind: 'done' }>;

const startsOf = (events: StudyEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'run-start' ? [event.from] : []));

it('trains the four models on tiny data, and a second call finds them trained', async () => {
  const out = await mkdtemp(join(tmpdir(), 'shakelab-mnist-'));
  const options = { dataset: 'digits', trainSize: 320, epochs: 1, batch: 64, out };
  const eventsOf = async () => {
    const events: StudyEvent[] = [];
    for await (const event of runMnistStudy(options)) events.push(event);
    return events;
  };
  const events = await eventsOf();
  const { summary, reportPath } = doneOf(events);
  expect(summary.runs.map(({ layout, mixing }) => `${layout} ${mixing}`)).toEqual([
    'preact even',
    'preact shake-shake',
    'preact-bn even',
    'preact-bn shake-shake',
  ]);
  expect(startsOf(events)).toEqual(['start', 'start', 'start', 'start']);
  expect(summary).toMatchObject({ study: 'mnist', dataset: 'digits', standInFor: 'MNIST' });
  expect(await readFile(reportPath, 'utf8')).toContain('Built-in digits, not');

  const again = await eventsOf();
  expect(startsOf(again)).toEqual(['finished', 'finished', 'finished', 'finished']);
  const kept = ({ runs }: typeof summary) => runs.map(({ coverage, margin }) => [coverage, margin]);
  expect(kept(doneOf(again).summary)).toEqual(kept(summary));
  await rm(out, { recursive: true });
});
