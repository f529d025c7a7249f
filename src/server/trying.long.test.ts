import { join } from 'node:path';
import { expect, it } from 'vitest';
import { colourFolder, plainPng } from '../../testkit/ownData.ts';
import { pathOf, post } from '../../testkit/posting.ts';
import { trained } from '../../testkit/predicted.ts';
import type { Told } from './processes/predictor.ts';
import { openStudio } from './studio.ts';

it('tells the classes of a file that is sent, and what the net saw', async () => {
  const run = await trained({ dataset: await colourFolder(12), imageSize: '8' });
  const studio = await openStudio({ folder: join(run, '..') });
  const red = await plainPng([210, 20, 30], { height: 9, width: 9 });
  const { status, answer } = await post<Told>(studio, await pathOf(studio, 'predictions'), red);
  expect(status).toBe(200);
  expect(answer.classes.map(({ class: name }) => name).sort()).toEqual(['blue', 'green', 'red']);
  const { bytes, ...form } = answer.image;
  expect(form).toEqual({ channels: 3, height: 8, width: 8 });
  expect([...Buffer.from(bytes, 'base64').subarray(0, 64)]).toEqual(Array(64).fill(210));
  const wrong = await post(studio, await pathOf(studio, 'predictions'), Buffer.from('no picture'));
  expect(wrong.status).toBe(400);
  expect(wrong.answer.message).toMatch(/^the file: no image can be read from it/);
});
