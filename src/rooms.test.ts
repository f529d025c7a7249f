import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** The rooms of src, in the order in which one may build on another: only on those before it. */
const rooms = [
  'errors.ts',
  'limits.ts',
  'package.ts',
  'prebuilt.ts',
  'addon.ts',
  'text',
  'options',
  'random',
  'statistics',
  'processes',
  'files',
  'data',
  'nets',
  'ops',
  'graph',
  'program',
  'machines',
  'mixing',
  'heads',
  'features',
  'training',
  'analysis',
  'runs',
  'predict',
  'figures',
  'studies',
  'jobs',
  'exports',
  'bench',
  'index.ts',
  'server',
  'cli',
];

/** The rooms of the studio's page, in the same order. */
const pageRooms = [
  'figures',
  'words',
  'api',
  'state',
  'components',
  'charts',
  'scatter',
  'export',
  'pages',
  'shell',
  'main.tsx',
];

/** What of src the page may run; it asks for anything else by the API, and knows its types. */
const pageMayRun =
  /^(text|options|analysis|statistics|figures|nets)\/|^(data\/settings|runs\/fields|runs\/safetensors|server\/library\/runValues)\.ts$/;

const src = import.meta.dirname;

/** Every TypeScript file of a folder but this test, by its path below it. */
function readSources(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && path !== 'rooms.test.ts');
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** The files that a file imports, types and dynamic imports too, by their paths below src. */
function importedFiles(path: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(path), name));
}

/** Whether `path` may import `target`; a test may also reach out of src, though not to the page. */
function allowed(path: string, target: string): boolean {
  if (target.startsWith('../')) return path.endsWith('.test.ts') && !/^\.\.\/studio/.test(target);
  return isBefore(rooms, path, target);
}

/** Whether a file of the page may import one of the page, or one of src for its types or to run. */
function pageAllowed(path: string, target: string, text: string): boolean {
  if (!target.startsWith('../'))
    return target.endsWith('.css') || isBefore(pageRooms, path, target);
  const [room, file] = target.split(/^\.\.\/\.\.\/src\//);
  const run = importedFiles(path, text.replace(/^import type [^;]+;/gm, '')).includes(target);
  return room === '' && (!run || pageMayRun.test(file));
}

/** The folder or file right below src that a path lies in; a file's test lies in it too. */
const roomOf = (path: string): string => path.split('/')[0].replace(/\.test\.ts$/, '.ts');

function isBefore(order: readonly string[], path: string, target: string): boolean {
  const [from, to] = [path, target].map((file) => order.indexOf(roomOf(file)));
  return from >= 0 && to >= 0 && to <= from;
}

/** Every import that is not allowed, as `file → import`. */
function strayImports(
  sources: Map<string, string>,
  may: (path: string, target: string, text: string) => boolean = allowed,
): string[] {
  return [...sources].flatMap(([path, text]) =>
    importedFiles(path, text)
      .filter((target) => !may(path, target, text))
      .map((target) => `${path} → ${target}`),
  );
}

test('every room imports only from itself and from the rooms before it', () => {
  const sources = readSources(src);
  expect(sources.has('errors.ts')).toBe(true);
  expect(strayImports(sources)).toEqual([]);
});

test('the page runs nothing of src but what is pure, and its own rooms are in order', () => {
  const sources = readSources(join(src, '../studio/src'));
  expect(sources.has('main.tsx')).toBe(true);
  expect(strayImports(sources, pageAllowed)).toEqual([]);
});

test.each([
  ["import { buildApp } from '../../../src/server/app.ts';", ['../../src/server/app.ts']],
  ["import type { Api } from '../../../src/server/app.ts';", []],
  ["import { percent } from '../../../src/text/text.ts';", []],
  ["import { type Api } from '../../../src/server/app.ts';", ['../../src/server/app.ts']],
  ["import('../../../src/runs/folder.ts');", ['../../src/runs/folder.ts']],
  ["import { fakeRun } from '../../../testkit/fakeRuns.ts';", ['../../testkit/fakeRuns.ts']],
  ["import { App } from '../shell/App.tsx';", ['shell/App.tsx']],
])('of a file of the page, %s strays to %j', (text, strays) => {
  const found = strayImports(new Map([['api/a.ts', text]]), pageAllowed);
  expect(found).toEqual(strays.map((target) => `api/a.ts → ${target}`));
});

test.each([
  ["import { train } from '../training/trainer.ts';", 'nets/a.ts → training/trainer.ts'],
  ["import type { Op } from '../ops/op.ts';", 'nets/a.ts → ops/op.ts'],
  ["export * from '../runs/run.ts';", 'nets/a.ts → runs/run.ts'],
  ["const cli = await import('../cli/main.ts');", 'nets/a.ts → cli/main.ts'],
  [
    "import { assertClose } from '../../testkit/assertClose.ts';",
    'nets/a.ts → ../testkit/assertClose.ts',
  ],
  [
    "import type { Split } from '../../studio/src/api/client.ts';",
    'nets/a.ts → ../studio/src/api/client.ts',
  ],
  ["import { cellar } from '../cellar/cellar.ts';", 'nets/a.ts → cellar/cellar.ts'],
])('the check catches %s', (text, stray) => {
  expect(strayImports(new Map([['nets/a.ts', text]]))).toEqual([stray]);
});

test('a file of no known room may import nothing', () => {
  const sources = new Map([['cellar/a.ts', "import { RequestError } from '../errors.ts';"]]);
  expect(strayImports(sources)).toEqual(['cellar/a.ts → errors.ts']);
});

test('imports downward, of packages and of the testkit in tests are fine', () => {
  const text = "import 'zod';\nimport '../random/philox.ts';\nimport './b.ts';\n";
  const testText = "import '../../testkit/assertClose.ts';";
  const sources = new Map([
    ['nets/a.ts', text],
    ['nets/a.test.ts', testText],
  ]);
  expect(strayImports(sources)).toEqual([]);
});
