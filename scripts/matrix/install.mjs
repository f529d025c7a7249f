// One installation of the matrix: into an empty folder, with nothing on PATH but Node.
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { env } from 'node:process';
import { run } from './tools.mjs';

/** The packed package: the one named, or packed now. @throws Error where that fails */
export function pack(named) {
  if (named) return resolve(named);
  const packed = run(['npm', 'pack', '--json', '--pack-destination', 'build']);
  if (packed === null) throw new Error('npm pack failed');
  return resolve('build', JSON.parse(packed.slice(packed.indexOf('[')))[0].filename);
}

/**
 * Installs the tarball, from nothing or by a lock that the first installation wrote.
 *
 * @returns what it took and its size by du
 * @throws Error where it fails
 */
export function install({ folder, way, npm, node, architecture, tarball }) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  copyFileSync(tarball, join(folder, 'shakelab.tgz'));
  const platform = ['--os=linux', `--cpu=${architecture.cpu}`, `--libc=${architecture.libc}`];
  const common = [...platform, '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const npmIn = (...args) => runIn(folder, [node, npm.path, ...args, ...common], dirname(node));
  let seconds = npmIn('install', './shakelab.tgz');
  if (way === 'npm ci') {
    rmSync(join(folder, 'node_modules'), { recursive: true });
    seconds = npmIn('ci', '--omit=dev');
  }
  const kilobytes = Number(run(['du', '-sk', join(folder, 'node_modules')]).split('\t')[0]);
  return { seconds, kilobytes };
}

/**
 * Trains one epoch of drawn digits.
 *
 * @returns what it took, and the digest of the checkpoint
 * @throws Error where it fails
 */
export function train({ folder, node }) {
  const command = [...node.command, 'node_modules/shakelab/dist/cli/main.js', 'train'];
  const net = ['--dataset', 'digits', '--train-size', '128', '--batch', '64', '--features', '2'];
  const manner = ['--epochs', '1', '--seed', '3', '--threads', '2', '--out', 'run'];
  const seconds = runIn(folder, [...command, ...net, ...manner], node.path);
  const checkpoint = readFileSync(join(folder, 'run/checkpoint.safetensors'));
  return { seconds, bits: createHash('sha256').update(checkpoint).digest('hex') };
}

/** Runs a command with no other program in reach. @returns its seconds */
function runIn(cwd, [program, ...args], path) {
  const started = performance.now();
  const command = program.startsWith('/') ? program : run(['which', program]).trim();
  const clean = { ...env, PATH: path, SHAKELAB_ISA: '', SHAKELAB_BUILD: '' };
  if (run([command, ...args], { cwd, env: clean }) === null)
    throw new Error(`failed in an empty folder: ${[program, ...args].join(' ')}`);
  return (performance.now() - started) / 1000;
}
