import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execPath } from 'node:process';
import { makeFolder } from '../../files/folders.ts';
import { nodeArguments } from '../../processes/children.ts';
import { storing } from '../../runs/storing.ts';

/** A command of this program that runs on its own: neither the page nor the studio ends it. */
export interface DetachedCommand {
  child: ChildProcess;
  /** Resolves when it has ended. */
  ended: Promise<unknown>;
  /** What it complained of last. */
  complaint(): Promise<string>;
}

const longestTail = 16_384;

/**
 * Starts a command of this program in a session of its own; what it prints goes to a log.
 *
 * @param variables of its environment, besides those of this process
 * @throws StorageError where the log cannot be written
 */
export async function startDetached(
  args: string[],
  log: string,
  variables: Record<string, string> = {},
): Promise<DetachedCommand> {
  await storing(log, () => makeFolder(dirname(log)));
  const file = await storing(log, () => open(log, 'w'));
  try {
    const child = spawn(execPath, [...nodeArguments('cli/main'), ...args], {
      detached: true,
      env: { ...process.env, ...variables },
      stdio: ['ignore', file.fd, file.fd],
    });
    child.unref();
    const ended = once(child, 'exit').catch(() => {});
    return { child, ended, complaint: () => complaintIn(log) };
  } finally {
    await file.close();
  }
}

async function complaintIn(log: string): Promise<string> {
  const text = await tailOf(log).catch(() => '');
  const start = text.lastIndexOf('\nshakelab: ') + 1;
  return text.slice(start).replace('shakelab: ', '').trim() || 'the process ended without a word';
}

/** The end of a log, which a process that ends says last. */
async function tailOf(log: string): Promise<string> {
  const file = await open(log);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, longestTail);
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length });
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
