import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { colourFolder, plainPng } from '../../testkit/ownData.ts';
import { trained } from '../../testkit/predicted.ts';
import { eventsOf, shakelab, shakelabWords } from '../../testkit/shakelab.ts';

let [run, files] = ['', ''];
let red: Buffer;

beforeAll(async () => {
  run = await trained({ dataset: await colourFolder(12), imageSize: '8' });
  files = await temporaryFolder();
  red = await plainPng([210, 20, 20], { height: 9, width: 9 });
  await writeFiles(files, { 'a.png': red, 'b.png': red.subarray(0, 50), 'c.png': red });
});

const path = (name: string) => join(files, name);

/** Runs the command with something on its standard input. */
function predicted(input: string | Buffer, ...more: string[]) {
  const [program, ...args] = shakelabWords('predict', run, '-', '--json', ...more);
  const { status, stdout } = spawnSync(program, args, { input });
  return {
    code: status,
    out: `${stdout}`
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

it('prints a table, and names a bad file with exit code 2', async () => {
  const { code, out, err } = await shakelab('predict', run, files, '--top', '2');
  expect(code).toBe(2);
  const [first, second, ...rest] = out.trimEnd().split('\n');
  expect(first).toMatch(
    /a\.png {2}(red|green|blue) {2,}0\.\d{3} {2}(red|green|blue) {2,}0\.\d{3}$/,
  );
  expect(second).toBe(first.replace('a.png', 'c.png'));
  expect(rest).toEqual([]);
  expect(err).toContain(`${path('b.png')}: no image can be read from it`);
  expect(err).toContain(
    'probabilities are not calibrated: the run keeps none of validation images',
  );
  expect(err).toMatch(/1 file of 3 could not be read\n$/);
});

it('prints CSV and lines of JSON that say the same', async () => {
  const asked = ['predict', run, path('a.png'), path('b.png'), '--top', '3'];
  const table = csvParse((await shakelab(...asked, '--csv')).out);
  const [told, problem] = eventsOf(await shakelab(...asked, '--json'));
  expect(table).toHaveLength(1);
  const { class: name, probability, top, logits } = told as never as Record<string, never[]>;
  expect(table[0]).toMatchObject({
    file: path('a.png'),
    class: name,
    probability: String(probability),
  });
  expect(table.columns).toEqual([
    'file',
    'class',
    'probability',
    'class 2',
    'probability 2',
    'class 3',
    'probability 3',
  ]);
  expect([top.length, logits.length]).toEqual([3, 3]);
  expect(problem).toMatchObject({
    file: path('b.png'),
    problem: expect.stringContaining('no image'),
  });
});

it('reads a file, or a list of paths, from standard input', () => {
  const [one] = predicted(red).out;
  expect(one.file).toBe('standard input');
  const { code, out } = predicted(`${path('c.png')}\n${path('a.png')}\n`);
  expect(code).toBe(0);
  expect(out.map(({ file }) => file)).toEqual([path('c.png'), path('a.png')]);
  expect(out[0].logits).toEqual(one.logits);
});

it('refuses two forms at once, and no run', async () => {
  const both = await shakelab('predict', run, files, '--csv', '--json');
  expect([both.code, both.err]).toEqual([
    2,
    'shakelab: --csv and --json: one form at a time; leave one out\n',
  ]);
  expect((await shakelab('predict', files, files)).err).toContain('no run is kept there');
});
