import { join } from 'node:path';
import { z } from 'zod';
import { option, RequestError } from '../errors.ts';
import { type DocumentKind, documentText, parseDocument } from '../files/document.ts';
import { textIfThere } from '../files/ifThere.ts';
import { mostBytes } from '../files/read.ts';
import { shown } from '../limits.ts';
import { writeWhole } from './atomic.ts';
import { readRecord } from './folder.ts';

/** The file beside `run.json` that says what people say of a run. */
const labelsName = 'labels.json';

/** Where a run's labels are kept. */
export const labelsPath = (folder: string): string => join(folder, labelsName);

const mostTags = 32;
const longestNote = 4096;
const tagRule =
  'a tag has up to 32 letters, digits, dots and dashes, and begins with a letter or digit';
const tag = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u, { error: tagRule });

/** What people say of a run; training knows nothing of it. */
export const labelsSchema = z.object({
  /** In their order, none twice. */
  tags: z.array(tag).max(mostTags, { error: `a run has at most ${mostTags} tags` }),
  note: z.string().max(longestNote, { error: `a note has at most ${longestNote} letters` }),
  /** Left out of lists unless asked for. */
  archived: z.boolean(),
});

export type RunLabels = z.infer<typeof labelsSchema>;

/** The labels of a run that nobody has said anything of. */
export const noLabels: RunLabels = { tags: [], note: '', archived: false };

/** The formats of a run's `labels.json`. */
const labelsKind: DocumentKind<RunLabels> = {
  ...{ name: 'labels', upgrades: [], schema: labelsSchema },
  remedy: 'mend it or delete it',
};

/** A run's labels. @throws RequestError where they are damaged or of a newer format */
export async function readLabels(folder: string): Promise<RunLabels> {
  const path = labelsPath(folder);
  const text = await textIfThere(path, mostBytes.document);
  return text === null ? noLabels : parseDocument(text, labelsKind, path);
}

/** What to change of a run's labels. */
export interface LabelChange extends Partial<RunLabels> {
  /** Tags to be added to those that there are, and to be taken away. */
  tag?: readonly string[];
  untag?: readonly string[];
}

/**
 * Changes a run's labels, also while it trains; what is not named stays.
 *
 * @throws RequestError where the folder holds no run, or a tag or note does not fit
 * @throws StorageError where the system refuses
 */
export async function changeLabels(folder: string, change: LabelChange): Promise<RunLabels> {
  await readRecord(folder);
  const before = await readLabels(folder);
  const { tag: added = [], untag = [], tags = before.tags, ...rest } = change;
  const kept = [...new Set([...tags, ...added])].filter((name) => !untag.includes(name));
  const labels = checked({ ...before, ...rest, tags: kept });
  await writeWhole(labelsPath(folder), documentText(labelsKind, labels));
  return labels;
}

function checked(labels: RunLabels): RunLabels {
  const { data, error } = labelsSchema.safeParse(labels);
  if (data) return data;
  const [{ path, message }] = error.issues;
  const [key, at] = path;
  const value = key === 'tags' && typeof at === 'number' ? ` ${shown(labels.tags[at])}` : '';
  throw new RequestError(
    `${option(key === 'tags' ? 'tag' : 'note')}${value}: ${message}; try another`,
  );
}
