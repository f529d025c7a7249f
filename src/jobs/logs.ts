import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of a study that its workers' logs are in. */
export const logsName = 'logs';

/** The path of a run's log, by the run's number in the plan. */
export const logPath = (out: string, index: number): string =>
  join(out, logsName, `${String(index).padStart(5, '0')}.log`);

const tailBytes = 4096;

/** The last lines of a run's log; none where there is no log. */
export async function logEnd(out: string, index: number, lines: number): Promise<string[]> {
  const file = await open(logPath(out, index)).catch(() => null);
  if (!file) return [];
  try {
    const position = Math.max(0, (await file.stat()).size - tailBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(tailBytes), position });
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-lines);
  } finally {
    await file.close();
  }
}
