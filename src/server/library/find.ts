import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { isPassing, retried } from '../../files/retry.ts';
import { inSlices } from '../../files/slices.ts';
import { planName, studySummaryName } from '../../files/studyNames.ts';
import { recordName } from '../../runs/folder.ts';
import { stampOfFile } from './times.ts';

/** A folder that the studio shows; `name` is its path below the root, parts joined by `/`. */
export interface Found {
  name: string;
  folder: string;
}

/** The folders of runs and of studies. */
export interface Finding {
  runs: Found[];
  studies: Found[];
}

/** How deep runs may lie below the root; a study's own lie at most two below it. */
const deepest = 4;

/**
 * Looks for runs and studies below a folder. Links are not followed, so nothing outside the root is
 * ever shown; hidden folders and those that cannot be read are passed over. What cannot be read for
 * the moment alone ends the look: what lies there is not gone.
 *
 * @param known runs of the last look by their folders, which are not listed again
 */
export async function findFolders(root: string, known: Known = new Map()): Promise<Finding> {
  const finding: Finding = { runs: [], studies: [] };
  await look({ root, known, finding }, root, 0);
  return finding;
}

export type Known = ReadonlyMap<string, Found>;

interface Search {
  root: string;
  known: Known;
  finding: Finding;
}

async function look(search: Search, folder: string, depth: number): Promise<void> {
  const { root, known, finding } = search;
  const before = known.get(folder);
  if (before && stampOfFile(join(folder, recordName)) !== null) {
    finding.runs.push(before);
    return;
  }
  const entries = await entriesOf(folder);
  const names = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
  const name = relative(root, folder).split(sep).join('/') || basename(root);
  if (names.has(recordName)) {
    finding.runs.push({ name, folder });
    return;
  }
  if (names.has(planName) || names.has(studySummaryName)) finding.studies.push({ name, folder });
  if (depth === deepest) return;
  const below = entries.filter((entry) => entry.isDirectory() && !isPassedOver(entry.name));
  await inSlices(below, (entry) => look(search, join(folder, entry.name), depth + 1));
}

/** What lies in a folder. @throws what the system says where that tells of the moment */
const entriesOf = (folder: string): Promise<Dirent[]> =>
  retried(() => readdir(folder, { withFileTypes: true })).catch((error) => {
    if (isPassing(error.code)) throw error;
    return [];
  });

const isPassedOver = (name: string): boolean => name.startsWith('.') || name === 'node_modules';
