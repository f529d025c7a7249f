// Keeps what a study's finished runs leave where it outlives their machine: docs/results/evidence/, a file a
// study, and puts it back into a folder where the study goes on. `npm run evidence -- --help`
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { writeWhole } from '../src/runs/atomic.ts';
import { collectEvidence } from '../src/studies/evidence/collect.ts';
import { evidenceText, parseEvidence } from '../src/studies/evidence/lines.ts';
import { restoreEvidence } from '../src/studies/evidence/restore.ts';

const place = 'docs/results/evidence';

const program = new Command('evidence')
  .description(
    `adds the finished runs of studies to ${place}/NAME.jsonl, each by its folder's name`,
  )
  .argument('<folders...>', 'folders of studies, such as runs/mnist-10')
  .option('--restore', 'put what is known of the studies into the folders, where they go on')
  .action(async (folders: string[], { restore }: { restore?: boolean }) => {
    for (const folder of folders) await (restore ? putBack(folder) : collect(folder));
  });
await program.parseAsync();

async function collect(folder: string): Promise<void> {
  const known = evidenceOf(folder);
  const evidence = await collectEvidence(folder, known);
  mkdirSync(place, { recursive: true });
  await writeWhole(pathOf(folder), evidenceText(evidence));
  const added = evidence.lines.length - (known?.lines.length ?? 0);
  console.log(
    `${pathOf(folder)}: ${evidence.lines.length} of ${evidence.plan.runs.length} runs, ${added} of them new`,
  );
}

async function putBack(folder: string): Promise<void> {
  const known = evidenceOf(folder);
  if (!known) throw new Error(`${pathOf(folder)} is not there`);
  const count = await restoreEvidence(known, folder);
  console.log(`${folder}: ${count} runs restored; go on with: ${known.plan.command}`);
}

function evidenceOf(folder: string) {
  const path = pathOf(folder);
  return existsSync(path) ? parseEvidence(readFileSync(path, 'utf8'), path) : undefined;
}

function pathOf(folder: string): string {
  return join(place, `${basename(folder)}.jsonl`);
}
