import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DocumentKind, documentText, readDocument } from '../../files/document.ts';
import { mostBytes, readBounded } from '../../files/read.ts';
import { writeWhole } from '../../runs/atomic.ts';
import { checkpointFiles } from '../../runs/checkpoint.ts';
import { findingsSchema } from '../measures/measures.ts';

/** The fields of what stands for a trained run's checkpoints and embeddings where neither came along. */
export const recordedFields = {
  /** SHA-256 of the file of its last checkpoint, else of its best; null where none was kept. */
  checkpoint: z.string().nullable(),
  /** What was measured of its embeddings, in a study that embeds. */
  findings: findingsSchema.partial().optional(),
};

const recordedSchema = z.object(recordedFields);

/** What stands for a trained run's checkpoints and embeddings. */
export type Recorded = z.infer<typeof recordedSchema>;

const recordedKind: DocumentKind<Recorded> = {
  name: 'record of a trained run',
  upgrades: [],
  schema: recordedSchema,
  remedy: 'delete the folder of the run, and restore it again',
};

const recordedPath = (folder: string): string => join(folder, 'recorded.json');

/** Whether a run's folder holds no more of a trained run than what was recorded of it elsewhere. */
export const isRecorded = (folder: string): boolean => existsSync(recordedPath(folder));

/** Marks the folder of a run as that of one that was trained elsewhere. @throws StorageError */
export const writeRecorded = (folder: string, recorded: Recorded): Promise<void> =>
  writeWhole(recordedPath(folder), documentText(recordedKind, recorded));

/** What a run's folder holds in place of checkpoints; null in that of one that was trained there. */
export async function readRecorded(folder: string): Promise<Recorded | null> {
  if (!isRecorded(folder)) return null;
  const path = recordedPath(folder);
  return readDocument(path, recordedKind);
}

/** SHA-256 of the file of a run's last checkpoint, else of its best; null where none is kept. */
export async function checkpointDigest(folder: string): Promise<string | null> {
  const { newest, best } = await checkpointFiles(folder);
  const path = newest ?? best;
  if (path === null) return null;
  const bytes = await readBounded(path, mostBytes.checkpoint);
  return createHash('sha256').update(bytes).digest('hex');
}
