// Keeps what a study's finished runs leave where it outlives their machine, puts it back where the study is to
// go on, and writes the page of what all of it says. `npm run evidence -- --help`
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { RequestError } from '../src/errors.ts';
import { writeWhole } from '../src/runs/atomic.ts';
import { collectEvidence } from '../src/studies/evidence/collect.ts';
import { type Evidence, evidenceText, parseEvidence } from '../src/studies/evidence/lines.ts';
import { planAt } from '../src/studies/evidence/planAt.ts';
import { restoreEvidence } from '../src/studies/evidence/restore.ts';
import { evidencePath, evidencePlace, knownStudies } from './results/found.ts';
import { madePage } from './results/page.ts';
import { runScript } from './results/script.ts';

const program = new Command('evidence')
  .description(
    `adds the finished runs of studies to ${evidencePlace}/NAME.jsonl, by the names of their folders, and ` +
      'writes docs/results/evidence.md and its figures anew',
  )
  .argument('[folders...]', 'of studies, such as runs/mnist-10')
  .option(
    '--restore',
    'put what is known of the studies into the folders instead, where they go on',
  )
  .action(async (folders: string[], { restore }: { restore?: boolean }) => {
    if (restore && folders.length === 0)
      throw new RequestError('--restore: names no study; name the folders to put them into');
    if (restore) return putBack(folders);
    for (const folder of folders) await collect(folder);
    await writePage();
  });
await runScript(program);

async function collect(folder: string): Promise<void> {
  const known = await knownOf(folder);
  const evidence = await collectEvidence(folder, known);
  await write(evidencePath(folder), evidenceText(evidence));
  const { plan, lines } = evidence;
  const added = lines.length - (known?.lines.length ?? 0);
  console.log(`${folder}: ${lines.length} of ${plan.runs.length} runs, ${added} of them new`);
}

/** Each study into the folder of its name; none where nothing is known of one. */
async function putBack(folders: readonly string[]): Promise<void> {
  const studies = await Promise.all(
    folders.map(async (folder) => {
      const known = await knownOf(folder);
      if (!known) throw unknownStudy(folder);
      return { folder, known };
    }),
  );
  for (const { folder, known } of studies) {
    const count = await restoreEvidence(known, folder);
    const { command } = planAt(known.plan, folder);
    console.log(`${folder}: ${count} runs restored; go on with: ${command}`);
  }
}

function unknownStudy(folder: string): RequestError {
  const known = knownStudies().join(', ') || 'none yet';
  const rule = `only a study whose finished runs are in ${evidencePath(folder)} can be restored`;
  return new RequestError(`${folder}: ${rule}; name the folder as one that is known: ${known}`);
}

async function knownOf(folder: string): Promise<Evidence | undefined> {
  const path = evidencePath(folder);
  return existsSync(path) ? parseEvidence(await readFile(path, 'utf8'), path) : undefined;
}

async function writePage(): Promise<void> {
  for (const [path, text] of Object.entries(await madePage())) {
    await write(path, text);
    console.log(path);
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, text);
}
