import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** As `buildCommands.ts` keeps it up to the sources. */
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** How a command ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** A command under way. */
export interface RunningCommand {
  child: ChildProcess;
  ending: Promise<Ending>;
}

/** Commands under way: one without an end must not outlive a test that failed. */
const underWay = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of underWay) child.kill('SIGKILL');
});

/** The words of a command line that runs ours. */
export const shakelabWords = (...args: string[]): string[] => [process.execPath, main, ...args];

/** Starts our command line in a process of its own. */
export const startShakelab = (...args: string[]): RunningCommand => start(shakelabWords(...args));

/** Starts a program with its arguments. */
export function start([program, ...args]: string[], options: SpawnOptions = {}): RunningCommand {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  underWay.add(child);
  child.once('close', () => underWay.delete(child));
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ending = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, ending };
}

/** Runs the command line to its end. */
export const shakelab = (...args: string[]): Promise<Ending> => startShakelab(...args).ending;

/** Waits until a command has printed so many lines of JSON of a kind, or has ended. */
export async function toldOf({ child, ending }: RunningCommand, kind: string, times = 1) {
  let count = 0;
  const enough = new Promise<void>((resolve) => {
    child.stdout!.on('data', (text: string) => {
      count += text.split(`{"kind":"${kind}"`).length - 1;
      if (count >= times) resolve();
    });
  });
  await Promise.race([enough, ending]);
}

/** The events that a command printed, one a line. */
export const eventsOf = ({ out }: Ending): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
