import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Evidence, parseEvidence } from '../../src/studies/evidence/lines.ts';
import { restoreEvidence } from '../../src/studies/evidence/restore.ts';
import { keptStudy } from '../../src/studies/kept.ts';
import type { Summary } from '../../src/studies/summary.ts';
import { trainedRuns } from '../../src/studies/trained.ts';

/** Where evidence is committed, a file a study. */
export const evidencePlace = 'docs/results/evidence';

const extension = '.jsonl';

/** The file of a study's evidence, by the name of its folder. */
export const evidencePath = (folder: string): string =>
  join(evidencePlace, `${basename(folder)}${extension}`);

/** What is known of a study, and what its own analysis finds of that. */
export interface FoundStudy {
  /** The name of its folder and its file. */
  name: string;
  evidence: Evidence;
  /** Null where no run is trained. */
  summary: Summary | null;
}

/** The names of the studies whose evidence is committed, in their order. */
export const knownStudies = (): string[] =>
  readdirSync(evidencePlace)
    .filter((name) => name.endsWith(extension))
    .map((name) => basename(name, extension))
    .sort();

/** Every study whose evidence is committed, by name. */
export async function findStudies(): Promise<FoundStudy[]> {
  return Promise.all(knownStudies().map(findStudy));
}

async function findStudy(name: string): Promise<FoundStudy> {
  const path = evidencePath(name);
  const evidence = parseEvidence(await readFile(path, 'utf8'), path);
  const folder = await mkdtemp(join(tmpdir(), 'shakelab-results-'));
  try {
    await restoreEvidence(evidence, folder);
    return { name, evidence, summary: await summaryIn(folder) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The summary of a study in a folder, as its report has it. */
async function summaryIn(folder: string): Promise<Summary | null> {
  const { study, plan } = await keptStudy(folder);
  const trained = await trainedRuns(study, plan.runs, folder);
  return trained.length > 0 ? ((await study.analyse(plan, trained)) as Summary) : null;
}
