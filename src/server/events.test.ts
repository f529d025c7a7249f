import { expect, it } from 'vitest';
import { EventLog } from './events.ts';

it('goes on after the event that a page saw last', () => {
  const log = new EventLog();
  for (const id of ['a', 'b', 'c']) log.append('gone', { id });
  const [first] = log.from(0);
  expect(log.from(log.after(first.id)).map(({ data }) => data)).toEqual([
    '{"id":"b"}',
    '{"id":"c"}',
  ]);
  expect(log.after(log.from(0)[2].id)).toBe(log.end);
  expect(log.after(log.newest)).toBe(log.end);
});

it('tells a page to fetch everything again where it cannot know what was missed', () => {
  const log = new EventLog();
  for (let i = 0; i < 1500; i++) log.append('gone', { id: String(i) });
  for (const id of ['', 'other.3', `${log.from(1499)[0].id}9`]) {
    expect(log.from(log.after(id))).toMatchObject([{ event: 'reset' }]);
  }
  expect(log.from(0)).toMatchObject([{ event: 'reset' }]);
  expect(log.from(500)).toHaveLength(1000);
});

it('wakes whoever waits, or lets them go', async () => {
  const log = new EventLog();
  const waiting = log.wait(10_000);
  log.append('reset', {});
  expect(await waiting).toBe(true);
  expect(await log.wait(1)).toBe(false);
});
