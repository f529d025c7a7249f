// Part of `npm run build`: leaves those declarations that a user's compiler can reach from the package's entries.
// Each of the others takes a block of the disk of every installation, and hides what is exported.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const { exports: entries } = JSON.parse(readFileSync('package.json', 'utf8'));
const declarationOf = (path) => path.replace(/(?<!\.d)\.[jt]s$/, '.d.ts');

/** The declarations beside it that a declaration names. */
const namedBy = (path) =>
  ts
    .preProcessFile(readFileSync(path, 'utf8'))
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => declarationOf(resolve(path, '..', fileName)));

const reached = new Set(
  Object.values(entries).flatMap(({ types }) => (types ? [resolve(types)] : [])),
);
for (const path of reached) for (const named of namedBy(path)) reached.add(named);

for (const file of readdirSync('dist', { recursive: true })) {
  const path = resolve(join('dist', file));
  if (path.endsWith('.d.ts') && !reached.has(path)) rmSync(path);
}
