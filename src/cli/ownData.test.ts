import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { colourFolder, plainPng } from '../../testkit/ownData.ts';
import { shakelab } from '../../testkit/shakelab.ts';

describe('a run on a folder of images', () => {
  let [data, run, told] = ['', '', ''];
  const train = (...more: string[]) => shakelab('train', '--out', run, ...more);

  beforeAll(async () => {
    data = await colourFolder(12);
    run = join(await temporaryFolder(), 'run');
    const small = ['--net', 'resnext-8-2x2d', '--batch', '16', '--epochs', '1'];
    const path = `./${relative(process.cwd(), data)}`;
    await writeFiles(data, { 'red/old.bmp': 'BM' });
    const { code, out } = await train('--dataset', path, '--image-size', '8x6', ...small);
    expect(code).toBe(0);
    told = out;
  });

  it('tells its classes, their images, and what is passed over', () => {
    expect(told.split('\n').map((line) => line.trimEnd())).toEqual(
      expect.arrayContaining([
        '  images: class  train  test',
        '  blue              10     2',
        '  red               10     2',
        expect.stringMatching(/^ {2}passed over: 1 .*, such as .*red\/old\.bmp$/),
      ]),
    );
  });

  it('records where the data are, how they were read, and what they were', () => {
    const { config, data: kept } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
    expect(config).toMatchObject({ dataset: `folder:${data}`, imageSize: '8x6' });
    expect(kept).toMatchObject({ title: basename(data), train: 30, test: 6 });
    expect(kept.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is evaluated and resumed on the same data, wherever they have moved', async () => {
    const evaluated = JSON.parse((await shakelab('evaluate', run, '--json')).out);
    const moved = join(await temporaryFolder(), basename(data));
    await rename(data, moved);
    expect((await shakelab('evaluate', run)).err).toContain('name with --data the folder that');
    data = moved;
    const found = await shakelab('evaluate', run, '--json', '--data', dirname(moved));
    expect(JSON.parse(found.out)).toEqual(evaluated);
    expect((await train('--resume', '--data', dirname(moved))).out).toContain('trained already');
  });

  it('is refused other data', async () => {
    await writeFiles(data, { 'red/new.png': await plainPng([250, 1, 1]) });
    for (const command of [
      ['evaluate', run],
      ['train', '--resume', '--out', run],
    ]) {
      const { code, err } = await shakelab(...command, '--data', dirname(data));
      expect(code).toBe(2);
      expect(err).toMatch(/its data have changed: the run was begun with 30 training and 6 test/);
    }
  });
});

describe('other commands on a folder', () => {
  it('describe, check and show it', async () => {
    const data = await colourFolder(3);
    const [description, check, wrong] = await Promise.all([
      shakelab('describe', '--dataset', data, '--image-size', '16', '--json'),
      shakelab('data', 'check', data),
      shakelab('data', 'check', `${dirname(data)}/nowhere`, '--json'),
    ]);
    expect(JSON.parse(description.out).blocks.at(-1)).toMatchObject({ name: 'head', out: 3 });
    expect([check.code, check.out.split('\n').map((line) => line.trimEnd())]).toEqual([
      0,
      [
        `${data}: good (${data})`,
        '  images: class  train  test',
        '  blue               2     1',
        '  green              2     1',
        '  red                2     1',
        '',
      ],
    ]);
    expect([wrong.code, wrong.out]).toEqual([2, expect.stringContaining('no such folder or file')]);
    expect(wrong.out).toContain('or name with --data the folder that nowhere is in now');
    expect(wrong.out).not.toMatch(/\p{Co}/u);
  });
});

describe('classes of unequal sizes', () => {
  let data = '';
  const warning =
    /training samples: \d+ of red, \d+ of blue: .* 3 : 1; weigh them by --class-weights auto/;

  beforeAll(async () => {
    data = await temporaryFolder();
    const [red, blue] = [await plainPng([250, 1, 1]), await plainPng([1, 1, 250])];
    const files = Array.from({ length: 40 }, (_, i) => [`red/${i}.png`, red] as const);
    const few = Array.from({ length: 6 }, (_, i) => [`blue/${i}.png`, blue] as const);
    await writeFiles(data, Object.fromEntries([...files, ...few]));
  });

  it('are told by data check', async () => {
    expect((await shakelab('data', 'check', data)).out).toMatch(warning);
    const [{ warning: kept }] = JSON.parse((await shakelab('data', 'check', data, '--json')).out);
    expect(kept).toMatch(warning);
  });

  it('are told by train, unless something is done about them', async () => {
    const small = ['--net', 'resnext-8-2x2d', '--batch', '16', '--epochs', '1', '--dataset', data];
    const train = async (...more: string[]) => {
      const out = join(await temporaryFolder(), 'run');
      return (await shakelab('train', '--out', out, ...small, ...more)).out;
    };
    expect(await train()).toMatch(warning);
    expect(await train('--sampling', 'balanced')).not.toMatch(/3 : 1/);
  });
});
