import { readFileSync } from 'node:fs';
import * as shakelab from 'shakelab';
import * as analysis from 'shakelab/analysis';
import * as data from 'shakelab/data';
import * as figures from 'shakelab/figures';
import * as machines from 'shakelab/machines';
import * as statistics from 'shakelab/statistics';
import { expect, it } from 'vitest';

const rooms = { analysis, data, figures, machines, statistics };

const readJson = (file: string) =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));

it.each(Object.entries(rooms))('has the names of %s too, and they are the same', (_, room) => {
  expect(Object.keys(room).length).toBeGreaterThan(2);
  expect(shakelab).toMatchObject(room);
});

it('publishes and documents an entry for each of these rooms', () => {
  const published = Object.entries(readJson('package.json').exports).slice(1, -1);
  const entry = (room: string) => `./dist/${room}/index`;
  expect(published).toEqual(
    Object.keys(rooms).map((room) => [
      `./${room}`,
      { types: `${entry(room)}.d.ts`, default: `${entry(room)}.js` },
    ]),
  );
  const documented = Object.keys(rooms).map((room) => `src/${room}/index.ts`);
  expect(readJson('typedoc.json').entryPoints).toEqual(['src/index.ts', ...documented]);
});
