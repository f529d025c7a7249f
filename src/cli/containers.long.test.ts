import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { ownSets } from '../../testkit/ownSets.ts';
import { shakelab } from '../../testkit/shakelab.ts';

/** A setting as a flag: `--image-size 8`. */
const flag = ([name, value]: [string, string]): string[] => [
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  value,
];

test.each(ownSets)('an epoch on $holds', async ({ holds, write, count, settings }) => {
  const dataset = await write();
  const flags = Object.entries(settings).flatMap(flag);
  const run = join(await temporaryFolder(), 'run');
  const checked = await shakelab('data', 'check', dataset, '--json', ...flags);
  expect(JSON.parse(checked.out)[0]).toMatchObject({ problem: null, reading: { holds } });
  const small = ['--net', 'resnext-8-2x2d', '--batch', '16', '--epochs', '1'];
  const trained = await shakelab('train', '--dataset', dataset, '--out', run, ...small, ...flags);
  expect([trained.code, trained.err]).toEqual([0, '']);
  expect(trained.out).toContain(`${holds}: class`);
  const { config, data: kept } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
  expect(kept.train + kept.test).toBe(count);
  const { pictureField = 'auto', labelField = 'auto' } = settings;
  expect(config).toMatchObject({ pictureField, labelField });
  expect((await shakelab('evaluate', run, '--json')).code).toBe(0);
});
