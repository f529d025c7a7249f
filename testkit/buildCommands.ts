import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CompilerOptions, ModuleKind, ScriptTarget, transpile } from 'typescript';
import { lastChange } from './checkAddon.ts';

/** As `tsc -p tsconfig.build.json` has them, aside from types, which the tests do not need. */
const options: CompilerOptions = {
  module: ModuleKind.ESNext,
  target: ScriptTarget.ES2023,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

/**
 * Brings `dist` up to the sources, file by file where one is newer. The tests' commands start from
 * there: compiled anew in every process, the sources would cost each of them a second.
 */
export function setup(): void {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' });
  names.filter((name) => /(?<!\.test|\.d)\.ts$/.test(name)).forEach(build);
}

function build(name: string): void {
  const [source, built] = [join('src', name), join('dist', name.replace(/ts$/, 'js'))];
  if (lastChange(built) > lastChange(source)) return;
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, transpile(readFileSync(source, 'utf8'), options, source));
}
