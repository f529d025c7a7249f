import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { packageFolder } from '../package.ts';

const extension = extname(fileURLToPath(import.meta.url));

/** Found from here: the process may start in any folder. */
const tsx = (): string => createRequire(import.meta.url).resolve('tsx');

/** Arguments with which Node runs a module of this package, from its sources or as built. */
export function nodeArguments(module: string): string[] {
  const path = fileURLToPath(new URL(`../${module}${extension}`, import.meta.url));
  return extension === '.ts' ? ['--import', pathToFileURL(tsx()).href, path] : [path];
}

/**
 * Opens a thread that runs a module of this package. Of a worker's own, tsx is to be asked for by
 * name: as an argument it is heard by a process alone.
 */
export function openWorker(module: string, options: WorkerOptions = {}): Worker {
  const url = new URL(`../${module}${extension}`, import.meta.url);
  if (extension === '.js') return new Worker(url, options);
  const code = `import('tsx/esm/api').then(({ register }) => (register(), import('${url.href}')))`;
  return new Worker(code, { ...options, eval: true, execArgv: [] });
}

/**
 * Starts a module of this package in a process that exchanges messages with this one, numbers that are not
 * finite among them. What it complains of is to be read; it hears of this process's end as `disconnect`.
 */
export const openProcess = (module: string): ChildProcess =>
  spawn(execPath, nodeArguments(module), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });

/** Runs a module of this package in a process of its own. */
export const runNode = (
  module: string,
  args: string[],
  signal?: AbortSignal,
  hear?: (text: string) => void,
): Promise<string> => runChild(execPath, [...nodeArguments(module), ...args], signal, hear);

/**
 * Runs a program to its end and returns what it printed.
 *
 * @param hear is told what it prints while it runs
 * @throws Error with the last line of its complaint if it fails; an AbortError if it was stopped
 */
export function runChild(
  command: string,
  args: string[],
  signal?: AbortSignal,
  hear?: (text: string) => void,
): Promise<string> {
  const script = args.find((arg) => /\.(py|[jt]s)$/.test(arg)) ?? command;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: packageFolder,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      hear?.(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (code, ended) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${script}: ${complaint(err) || ended || `exit code ${code}`}`));
    });
  });
}

/** The error that ended a program, which Node follows up with its version; else the last line. */
export function complaint(text: string): string | undefined {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => /^\w*Error\b.*: /.test(line)) ?? lines.at(-1);
}

/** The last line of what a program printed, as JSON. */
export const lastLine = (out: string): unknown => JSON.parse(out.trim().split('\n').at(-1) ?? '');

/** A file of this package that only a checkout has. */
export const checkoutFile = (...parts: string[]): string => join(packageFolder, ...parts);
