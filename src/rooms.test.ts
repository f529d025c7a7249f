import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** The rooms of src, in the order in which one may build on another: only on those before it. */
const rooms = [
  'errors.ts',
  'package.ts',
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
  'figures',
  'studies',
  'bench',
  'index.ts',
  'server',
  'cli',
];

const folder = import.meta.dirname;

/** Every TypeScript file of src but this test, by its path below src. */
function readSources(): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && path !== 'rooms.test.ts');
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

/** Whether `path` may import `target`; a test may also reach out of src, to the testkit. */
function allowed(path: string, target: string): boolean {
  if (target.startsWith('../')) return path.endsWith('.test.ts');
  const [from, to] = [path, target].map((file) => rooms.indexOf(file.split('/')[0]));
  return from >= 0 && to >= 0 && to <= from;
}

/** Every import against the order of the rooms, as `file → import`. */
function strayImports(sources: Map<string, string>): string[] {
  return [...sources].flatMap(([path, text]) =>
    importedFiles(path, text)
      .filter((target) => !allowed(path, target))
      .map((target) => `${path} → ${target}`),
  );
}

test('every room imports only from itself and from the rooms before it', () => {
  const sources = readSources();
  expect(sources.has('errors.ts')).toBe(true);
  expect(strayImports(sources)).toEqual([]);
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
