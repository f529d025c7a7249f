// `npm run registry -- TARBALL`: a newcomer's first minute, shown. Publishes the tarball to a registry of one's own
// (verdaccio, in a temporary folder, on this machine alone), and installs shakelab from there by name into an empty
// folder, with nothing but Node and npm in reach. Prints the transcript of docs/install.md, and how soon `npx shakelab
// study mnist` trains in an empty folder, its cache warm. verdaccio needs Node 22 or later.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import process, { argv, env, execPath } from 'node:process';
import { pack } from './install.mjs';
import { run } from './tools.mjs';

const port = await freePort();
const address = `http://127.0.0.1:${port}/`;
/** Not below the usual folder of that kind, where npm would find a project in what others left there. */
const root = mkdtempSync('/var/tmp/shakelab-registry-');
const served = join(root, 'registry');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** What is not published here comes from where npm usually looks. */
const configuration = (upstream) => `
storage: ${served}/storage
uplinks: { usual: { url: ${JSON.stringify(upstream)} } }
packages:
  'shakelab': { access: $all, publish: $all }
  '**': { access: $all, proxy: usual }
log: { type: stdout, format: pretty, level: warn }
`;

/** Starts the registry. @throws Error where it does not answer within ten minutes */
async function start() {
  const upstream = run(['npm', 'config', 'get', 'registry']).trim();
  mkdirSync(served);
  writeFileSync(join(served, 'config.yaml'), configuration(upstream));
  // verdaccio asks for a tag of node-fetch that not every registry keeps.
  const own = { private: true, overrides: { 'node-fetch': '2.7.0' } };
  writeFileSync(join(served, 'package.json'), JSON.stringify(own));
  const here = ['--prefix', served, '--no-audit', '--no-fund', '--ignore-scripts'];
  if (run(['npm', 'install', ...here, 'verdaccio@6.10.4']) === null)
    throw new Error('verdaccio: not to be had here');
  const main = join(served, 'node_modules/verdaccio/bin/verdaccio');
  const args = ['--config', join(served, 'config.yaml'), '--listen', `127.0.0.1:${port}`];
  const server = spawn(execPath, [main, ...args], { stdio: 'ignore' });
  for (let second = 0; second < 600; second++) {
    const answers = await fetch(`${address}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return server;
    await new Promise((later) => setTimeout(later, 1000));
  }
  server.kill();
  throw new Error('verdaccio did not start within ten minutes');
}

/** An empty folder whose only programs are Node, npm, npx and the shell that npm itself calls. */
function newcomer() {
  const [home, programs] = ['home', 'programs'].map((name) => join(root, name));
  for (const folder of [home, programs]) mkdirSync(folder);
  const npm = dirname(realpathSync(run(['which', 'npm']).trim()));
  symlinkSync(execPath, join(programs, 'node'));
  symlinkSync('/bin/sh', join(programs, 'sh'));
  for (const name of ['npm', 'npx']) symlinkSync(join(npm, `${name}-cli.js`), join(programs, name));
  const { HTTPS_PROXY, HTTP_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS } = env;
  const outside = { HTTPS_PROXY, HTTP_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS };
  writeFileSync(
    join(home, '.npmrc'),
    `registry=${address}\n//127.0.0.1:${port}/:_authToken=anyone\n`,
  );
  return { cwd: home, env: { ...outside, PATH: programs, HOME: home, TERM: 'dumb' } };
}

/** Runs a command as the newcomer, and shows what is said. @throws Error where it fails */
function show(at, command, limit = Number.POSITIVE_INFINITY) {
  console.log(`$ ${command}`);
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { ...at, encoding: 'utf8' });
  const lines = `${stdout}${stderr}`.trimEnd().split('\n');
  console.log(lines.slice(0, limit).join('\n') + (lines.length > limit ? '\n…' : ''));
  console.log(`(${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  if (status !== 0) throw new Error(`${command}: ended with ${status}`);
}

/** Seconds within which a newcomer sees a net train, and how many times that a machine with other work has. */
const soon = 20;
const patience = 15;

/**
 * Trains by npx in an empty folder, until the first step is done, and shows how long that took.
 *
 * @throws Error where it ends before, or takes longer than a busy machine would
 */
async function showFirstStep({ env }) {
  const command = 'npx --yes shakelab study mnist';
  const cwd = mkdtempSync(join(root, 'empty-'));
  console.log(`$ ${command}`);
  const started = performance.now();
  const how = { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] };
  const child = spawn('sh', ['-c', `${command} --json`], how);
  const ended = once(child, 'close');
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 1000 * patience * soon);
  const trains = await hasStep(child.stdout);
  clearTimeout(timer);
  const seconds = (performance.now() - started) / 1000;
  if (trains) process.kill(-child.pid, 'SIGKILL');
  await ended;
  if (!trains) throw new Error(`${command}: no step within ${seconds.toFixed(1)} s`);
  console.log(
    `(the first step after ${seconds.toFixed(1)} s; ${soon} s are meant, on an idle machine)\n`,
  );
}

/** Whether a study's events tell of a training step before they end. */
async function hasStep(events) {
  let said = '';
  for await (const text of events.setEncoding('utf8')) {
    said += text;
    if (said.includes('"kind":"training"')) return true;
  }
  return false;
}

if (Number.parseInt(process.versions.node, 10) < 22) {
  console.error(`registry: Node ${process.versions.node}: verdaccio needs 22 or later`);
  process.exit(1);
}
const tarball = pack(argv[2]);
let server;
try {
  server = await start();
  const at = newcomer();
  show(at, `npm publish --ignore-scripts ${resolve(tarball)}`, 2);
  show(at, 'g++ --version; make --version; python3 --version; echo none of these is here');
  show(at, 'npm install shakelab');
  show(at, 'npx shakelab train --dataset digits --train-size 1024 --epochs 2 --out runs/first');
  show(at, 'npx shakelab evaluate runs/first', 12);
  await showFirstStep(at);
} catch (error) {
  console.error(`registry: ${error.message}`);
  process.exitCode = 1;
} finally {
  server?.kill();
  rmSync(root, { recursive: true, force: true });
}
