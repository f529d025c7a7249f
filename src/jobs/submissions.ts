import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type DocumentKind, documentText, parseDocument } from '../files/document.ts';
import { makeFolder } from '../files/folders.ts';
import { mostBytes, readText } from '../files/read.ts';
import { retried } from '../files/retry.ts';
import { writeWhole } from '../runs/atomic.ts';
import { storing } from '../runs/storing.ts';
import { rangesPattern } from './ranges.ts';

const count = z.int().nonnegative();
const ranges = z.string().regex(rangesPattern);
const text = z.string().optional();

const submissionSchema = z.object({
  scheduler: z.string(),
  jobs: z.array(z.object({ id: z.string(), first: count })),
  /** The job that follows them. */
  closing: z.string(),
  /** Numbers of the runs, as `rangesOf` writes them; of those that are submitted when these have ended. */
  ...{ runs: ranges, later: ranges },
  resources: z.object({
    ...{ partition: text, time: text, cpus: count, arrayLimit: count.optional() },
    ...{ constraint: text, flags: text, setup: text },
  }),
  /** Further words of the workers' command. */
  work: z.array(z.string()),
  /** ISO 8601. */
  since: z.string(),
});

/** `submissions/000003.json`: what was submitted of a study, so that its jobs can be asked for. */
export type Submission = z.infer<typeof submissionSchema>;

const submissionKind: DocumentKind<Submission> = {
  name: 'submission',
  upgrades: [],
  schema: submissionSchema,
  remedy: 'delete it; the study can be submitted again',
};

const folderOf = (out: string): string => join(out, 'submissions');
const pathOf = (out: string, number: number): string =>
  join(folderOf(out), `${String(number).padStart(6, '0')}.json`);

/** The numbers of a study's submissions, ascending. */
export async function submissionNumbers(out: string): Promise<number[]> {
  const names = await retried(() => readdir(folderOf(out))).catch((): string[] => []);
  const numbers = names.map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1]));
  return numbers.filter((number) => number > 0).sort((a, b) => a - b);
}

/** @throws RequestError where there is none of this number, or it is damaged */
export async function readSubmission(out: string, number: number): Promise<Submission> {
  const path = pathOf(out, number);
  const text = await retried(() => readText(path, mostBytes.document), true);
  return parseDocument(text, submissionKind, path);
}

/** Those of a study's submissions that can be read, in order. */
export async function readSubmissions(out: string): Promise<Submission[]> {
  const reading = (await submissionNumbers(out)).map((number) =>
    readSubmission(out, number).catch(() => null),
  );
  return (await Promise.all(reading)).filter((submission) => submission !== null);
}

/** Keeps a submission under its number, for whoever holds the study. */
export async function writeSubmission(
  out: string,
  number: number,
  submission: Submission,
): Promise<void> {
  await storing(out, () => makeFolder(folderOf(out)));
  await writeWhole(pathOf(out, number), documentText(submissionKind, submission));
}
