import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/runs/config.ts';
import { runTraining } from '../../src/runs/lifecycle.ts';

const small = {
  dataset: 'digits',
  net: 'resnext-8-2x4d',
  features: 2,
  trainSize: 256,
  epochs: 1,
  batch: 64,
};

/** Trains a run on a few digits, in about a second. */
export async function trainSmall(
  folder: string,
  name: string,
  settings: Record<string, unknown>,
): Promise<void> {
  const config = parseConfig({ ...small, ...settings });
  const events = runTraining({ folder: join(folder, name), config, threads: 1 });
  for await (const _ of events);
}

/** Copies a run's folder under many names. */
export function copyRun(folder: string, name: string, copies: number): void {
  for (let copy = 0; copy < copies; copy++) {
    cpSync(join(folder, name), join(folder, `copy-${String(copy).padStart(3, '0')}`), {
      recursive: true,
    });
  }
}
