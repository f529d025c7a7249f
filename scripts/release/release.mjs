// `npm run release -- 0.2.0 --dry-run`: everything of a release but its push. Checks, writes the version into
// the files that state it, packs, asks npm what it would publish. Without --dry-run the files stay changed,
// are committed and tagged; .github/workflows/release.yml publishes what is tagged.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import {
  checkBuiltIn,
  checkLicences,
  checkPrebuilds,
  checkTarball,
  checkTypes,
} from './checks.mjs';
import { checkVersion, cited, notesOf, released, versioned } from './edits.ts';

const stating = ['package.json', 'package-lock.json', 'CHANGELOG.md', 'CITATION.cff'];

const shown = { stdio: 'inherit' };
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

function step(name, work) {
  const said = work();
  console.log(`${name.padEnd(10)}${said ?? 'ok'}`);
}

/** The files that state the version, as the release has them. */
function edited(version, date) {
  const read = (path) => readFileSync(path, 'utf8');
  const [own, lock, changelog, citation] = stating.map(read);
  return [
    versioned(own, version),
    versioned(lock, version),
    released(changelog, version, date),
    cited(citation, version, date),
  ];
}

function checkTree() {
  if (git('status', '--porcelain')) throw new Error('the work tree has changes; commit them first');
  return git('rev-parse', '--short', 'HEAD');
}

/** Packs what is built, without building anew; the tarball lies in build/. */
function pack() {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', 'build'];
  const [packed] = Object.values(JSON.parse(execFileSync('npm', args, { encoding: 'utf8' })));
  return packed;
}

function release(version, dryRun) {
  const date = new Date().toISOString().slice(0, 10);
  checkVersion(version, JSON.parse(readFileSync('package.json', 'utf8')).version);
  step('tree', checkTree);
  step('machine', checkPrebuilds);
  step('licences', checkLicences);
  const before = stating.map((path) => readFileSync(path, 'utf8'));
  const after = edited(version, date);
  const write = (texts) => {
    for (const [index, path] of stating.entries()) writeFileSync(path, texts[index]);
  };
  let kept = false;
  write(after);
  try {
    // What an earlier build left in dist must not be packed.
    for (const script of ['prepack', 'build']) execFileSync('npm', ['run', script], shown);
    step('built in', checkBuiltIn);
    step('lint', () => void execFileSync('npm', ['run', 'lint'], shown));
    const packed = pack();
    step('package', () => checkTarball(packed));
    step('types', () => checkTypes(`build/${packed.filename}`));
    const tag = dryRun ? [] : ['--tag', 'latest'];
    const publish = [
      'publish',
      // Without the dot npm takes it for a repository of that owner and name.
      `./build/${packed.filename}`,
      '--dry-run',
      '--ignore-scripts',
      ...tag,
    ];
    step('publish', () => void execFileSync('npm', publish, shown));
    if (dryRun) console.log(`\nWould commit and tag v${version}:\n\n${notesOf(after[2], version)}`);
    else commit(version, notesOf(after[2], version));
    kept = !dryRun;
  } finally {
    if (!kept) write(before);
  }
}

function commit(version, notes) {
  git('add', ...stating);
  git('commit', '-m', `Release ${version}`);
  git('tag', '-a', `v${version}`, '-m', `shakelab ${version}\n\n${notes}`);
  console.log(`v${version} is tagged; git push --follow-tags has it published`);
}

const [version, ...flags] = argv.slice(2);
try {
  release(version, flags.includes('--dry-run'));
} catch (error) {
  console.error(`release: ${error.message}`);
  exit(1);
}
