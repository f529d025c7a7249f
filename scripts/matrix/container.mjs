// How an installed package behaves where containers differ from a desk: `node scripts/matrix/container.mjs FOLDER`, of
// a folder that has it in node_modules. Each case trains an epoch; as root each is also an arbitrary user's.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { argv, execPath, exit, getuid } from 'node:process';

const main = resolve(argv[2] ?? '.', 'node_modules/shakelab/dist/cli/main.js');
const net = ['--dataset', 'digits', '--train-size', '128', '--batch', '64', '--features', '2'];

/** Without root's rights, so that a read-only installation is one. */
const stranger =
  getuid() === 0 && spawnSync('setpriv', ['--version']).status === 0
    ? ['setpriv', '--reuid', '12345', '--regid', '12345', '--clear-groups']
    : [];

const scratch = mkdtempSync(join(tmpdir(), 'shakelab-container-'));
const noFonts = join(scratch, 'fonts.conf');
writeFileSync(noFonts, '<?xml version="1.0"?><fontconfig></fontconfig>');
chmodSync(scratch, 0o755);

const cases = [
  { name: 'no HOME, user 12345, installation not writable', env: {} },
  { name: 'HOME that cannot be written', env: { HOME: '/proc' } },
  { name: 'TERM=dumb', env: { TERM: 'dumb' }, silent: true },
  { name: 'no fonts', env: { FONTCONFIG_FILE: noFonts }, measures: true },
  {
    name: 'a proxy that is not there, with nothing to fetch',
    env: { HTTPS_PROXY: 'http://127.0.0.1:9' },
  },
];

function shakelab(cwd, env, ...args) {
  const [program, ...all] = [...stranger, execPath, main, ...args];
  return spawnSync(program, all, {
    cwd,
    env: { PATH: dirname(execPath), ...env },
    encoding: 'utf8',
  });
}

/** @returns what went wrong, or null */
function tryOne({ env, silent, measures }) {
  const cwd = mkdtempSync(join(tmpdir(), 'shakelab-container-'));
  chmodSync(cwd, 0o777);
  const trained = shakelab(cwd, env, 'train', ...net, '--epochs', '1', '--out', 'run');
  const said = trained.stdout + trained.stderr;
  const picture = ['measure', 'run', '--picture', 'plane.png'];
  const measured = measures ? shakelab(cwd, env, ...picture) : null;
  rmSync(cwd, { recursive: true });
  if (trained.status !== 0) return said.trim();
  if (silent && said.includes('\u001b')) return 'it moves the cursor of a terminal that has none';
  if (!measured) return null;
  if (measured.status !== 0) return measured.stderr.trim();
  return /no fonts/.test(measured.stderr) ? null : 'nothing is said of missing fonts';
}

const faults = cases.filter((one) => {
  const fault = tryOne(one);
  console.log(`${one.name}: ${fault ?? 'trains'}`);
  return fault;
});
rmSync(scratch, { recursive: true });
exit(faults.length > 0 ? 1 : 0);
