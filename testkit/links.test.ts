import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** The documents of these folders and those below, by their paths in the repository. */
const documents = ['.', 'docs', 'examples', 'bench', '.github'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => path.endsWith('.md') && !path.startsWith(join('docs', 'api'))),
);

/** Where a document's links and pictures lead, other than to the web or within itself. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** Files and folders of the repository that a text names as code. */
const pathsIn = (text: string): string[] =>
  [
    ...text.matchAll(
      /`((?:src|native|studio|testkit|bench|scripts|examples|findings|docs)\/[\w./-]+)`/g,
    ),
  ].map(([, path]) => path);

/** What documents name before it is made. */
const made = ['docs/api/', 'testkit/fixtures/fuzz/'];

/** The versions of the kernels by which a text says that it was printed, as if they were today's. */
const kernelsOf = (text: string): string[] =>
  [...text.matchAll(/printed by\s+kernels (\d+)(?!\d|, an\s+earlier\s+version)/g)].map(
    ([, version]) => version,
  );

/** What a text has npm run. */
const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script]) => script);

it('finds the links of a text', () => {
  const text = '![a](b/c.png), [d](e.md#f), [web](https://a.b/c), [here](#d), [two](g.md) [x]';
  expect(linksOf(text)).toEqual(['b/c.png', 'e.md', 'g.md']);
});

it.each(documents)('%s links to what is there', (path) => {
  const links = linksOf(readFileSync(join(root, path), 'utf8'));
  const dead = links.filter((target) => !existsSync(join(root, dirname(path), target)));
  expect(dead).toEqual([]);
});

it.each(documents.filter((path) => path !== 'CHANGELOG.md'))(
  '%s names files that are there',
  (path) => {
    const named = pathsIn(readFileSync(join(root, path), 'utf8')).filter(
      (own) => !made.includes(own),
    );
    expect(named.filter((own) => !existsSync(join(root, own)))).toEqual([]);
  },
);

it.each(documents)('%s names scripts that npm can run', (path) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = scriptsIn(readFileSync(join(root, path), 'utf8'));
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

it('finds the files and scripts that a text names', () => {
  const text =
    'by `src/a.ts`, not `b.ts` nor `src/*.h`; npm run test:long, npm run -s bench -- --json';
  expect([pathsIn(text), scriptsIn(text)]).toEqual([['src/a.ts'], ['test:long', 'bench']]);
});

it.each(['docs', 'docs/results', 'docs/laws'])(
  '%s/README.md leads to every page beside it',
  (folder) => {
    const pages = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'));
    const links = linksOf(readFileSync(join(root, folder, 'README.md'), 'utf8'));
    expect(links).toEqual(expect.arrayContaining(pages.filter((name) => name !== 'README.md')));
  },
);

it('looks at the documents that there are', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/results/mnist.md']));
});

it('finds the kernels by which a text was printed', () => {
  const text =
    'printed by kernels 3; printed by kernels 12, an earlier version; printed by\nkernels 4.';
  expect(kernelsOf(text)).toEqual(['3', '4']);
});

it('what documents print of trained nets is of the present kernels, or says of which', () => {
  const native = readFileSync(join(root, 'src/machines/native/native.ts'), 'utf8');
  const [, present] = /kernelsVersion = (\d+)/.exec(native)!;
  const told = documents.flatMap((path) =>
    kernelsOf(readFileSync(join(root, path), 'utf8')).map((version) => [path, version]),
  );
  expect(told.filter(([, version]) => version !== present)).toEqual([]);
});
