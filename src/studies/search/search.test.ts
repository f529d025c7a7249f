import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeSearch } from '../../../testkit/fakeSearch.ts';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/datasets.ts';
import { RequestError } from '../../errors.ts';
import { readRecord } from '../../runs/folder.ts';
import { studyCommand } from '../commands.ts';
import type { Executor } from '../executor.ts';
import { runStudy } from '../runStudy.ts';
import { type SearchOptions, searchOptions } from './options.ts';
import { runSearch, type SearchEvent, searchStudy } from './search.ts';
import { repeatedOptions, searchSettings } from './settings.ts';
import type { SearchSummary } from './summary.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-search-'));
afterAll(() => rmSync(root, { recursive: true }));

let dataset: Dataset;
beforeAll(async () => {
  dataset = await openDataset('digits', { trainSize: 64, testSize: 200 });
});

async function eventsOf(executor: Executor, options: SearchOptions): Promise<SearchEvent[]> {
  const study: typeof searchStudy = {
    ...searchStudy,
    open: async (settings) => ({ settings, dataset }),
  };
  const digits = { config: { dataset: 'digits' }, threads: 2, ...options };
  const events: SearchEvent[] = [];
  for await (const event of runStudy(study, digits, executor)) events.push(event);
  return events;
}

const commandOf = (options: SearchOptions): string =>
  studyCommand('search', searchOptions, repeatedOptions(searchSettings(options), options));

describe('a search', () => {
  const out = join(root, 'whole');
  const { executor, trained } = fakeSearch();
  let events: SearchEvent[];
  let summary: SearchSummary;

  beforeAll(async () => {
    events = await eventsOf(executor, { out, seeds: 2 });
    summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  });

  it('says first what it will do, and writes a report after every round', () => {
    const [plan] = events;
    expect(plan).toMatchObject({ kind: 'plan', laws: ['even', 'shake-shake'] });
    expect(summary.planned.map(({ layouts, epochs }) => [layouts, epochs])).toEqual([
      [16, 1],
      [6, 3],
      [2, 9],
    ]);
    expect(events.filter(({ kind }) => kind === 'round-done')).toHaveLength(3);
    const { title, runs } = JSON.parse(readFileSync(join(out, 'study.json'), 'utf8'));
    expect(title).toBe(summary.title);
    const ids = runs.map(({ id }: { id: string }) => id);
    expect(ids.sort()).toEqual(readdirSync(join(out, 'runs')).sort());
    expect(events.at(-1)).toMatchObject({ kind: 'done', reportPath: join(out, 'report.html') });
  });

  it('keeps the best of either law, and trains them anew with new seeds', () => {
    expect(trained).toHaveLength(2 * 2 * (16 + 6 + 2));
    expect(new Set(trained).size).toBe(trained.length);
    const last = trained.filter((name) => name.startsWith('round3'));
    expect(last).toContain('round3.relu-preact.shake-shake.seed5');
    for (const { outcomes } of summary.rounds) {
      expect(new Set(outcomes.map(({ mixing }) => mixing)).size).toBe(2);
      expect(outcomes[0].errors[0]).toBeLessThanOrEqual(outcomes[1].errors[0]);
    }
  });

  it('finds the effects that the errors were made of, for each law', () => {
    const effect = (mixing: string, of: string): number =>
      summary.effects.find((e) => e.mixing === mixing && e.of === of)!.difference.mean;
    expect(effect('even', 'last')).toBeCloseTo(-6, 8);
    expect(effect('even', 'middle')).toBeCloseTo(-2, 8);
    expect(effect('shake-shake', 'last')).toBeLessThan(-13);
  });

  it('counts a run that diverged as guessing, and says so', () => {
    const none = summary.distances.find((g) => g.mixing !== 'even' && g.distance === null)!;
    expect(none).toMatchObject({ diverged: 4, error: { mean: 90 } });
  });

  it('answers the question in a page that loads nothing', () => {
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    const { document } = parseHTML(page);
    const text = (document.querySelector('header')!.textContent ?? '').replace(/\s+/g, ' ');
    expect(text).toMatch(
      /With shake-shake: a batch norm directly before the mix makes no difference that can be told/,
    );
    expect(text).toContain('16 × 1 epoch'.replace('16', '32'));
    expect(document.querySelectorAll('script, link').length).toBe(0);
    expect(document.querySelectorAll('figure')).toHaveLength(3);
    expect(document.querySelectorAll('#best tbody tr')).toHaveLength(4);
    expect(page).not.toMatch(/undefined|NaN/);
  });
});

describe('a search that was interrupted', () => {
  it('goes on where it stopped, and does not train again what diverged', async () => {
    const out = join(root, 'broken');
    const options = { out, rounds: 2, factor: 8 };
    const first = fakeSearch({ interruptAt: 30 });
    expect((await eventsOf(first.executor, options)).at(-1)?.kind).not.toBe('done');
    expect(first.trained).toHaveLength(30);
    const second = fakeSearch();
    expect((await eventsOf(second.executor, options)).at(-1)?.kind).toBe('done');
    expect(first.trained.filter((name) => second.trained.includes(name))).toEqual([]);
    const diverged = first.trained.filter((name) => !name.includes('bn') && name.includes('shake'));
    expect(diverged.length).toBeGreaterThan(0);
  });
});

describe('wrong settings', () => {
  it.each([
    [{ norms: 'behind' }, 'norms behind: must be before-relu or anywhere'],
    [{ rounds: 0 }, 'rounds 0: must be a whole number from 1; try 3'],
    [{ factor: 1 }, 'factor 1: must be a whole number from 2; try 3'],
    [{ seeds: 1.5 }, 'seeds 1.5'],
    [{ config: { mixing: 'even' } }, 'mixing even: the search holds a law against even mixing'],
    [{ config: { batch: '100' } }, 'batch 100: the batch size must be a multiple of 16'],
  ])('%j', (options, message) => {
    expect(() => searchSettings(options)).toThrow(RequestError);
    expect(() => searchSettings(options)).toThrow(message);
  });
});

it('is repeated on a folder as it was typed, though its runs record the absolute path', () => {
  const settings = searchSettings({ config: { dataset: './photos' } });
  expect(settings.config.dataset).toBe(`folder:${resolve('photos')}`);
  expect(commandOf({ config: { dataset: './photos' } })).toContain(
    'search --dataset ./photos --net',
  );
});

it('trains for real, in folders that are ordinary runs', async () => {
  const out = join(root, 'real');
  const config = { dataset: 'digits', trainSize: 64, net: 'resnext-8-1x2d', batch: 64 };
  const errors: number[] = [];
  for await (const event of runSearch({ config, out })) {
    if (event.kind === 'run-done') errors.push(event.testError);
    if (errors.length === 2) break;
  }
  const [first] = readdirSync(join(out, 'runs')).sort();
  expect(await readRecord(join(out, 'runs', first))).toMatchObject({ config: { epochs: 1 } });
  for (const error of errors) expect(error).toBeLessThanOrEqual(100);
});
