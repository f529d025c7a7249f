// Keeps results of `npm run bench -- --json` where they outlive their machine, and writes the tables of the page
// on speed of all that are kept. `npm run speed -- --help`
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { writeWhole } from '../src/runs/atomic.ts';
import { runScript } from './results/script.ts';
import { keptPlace, readKept, speedPage } from './results/speed.ts';

const program = new Command('speed')
  .description(
    `adds files of \`npm run bench -- --json\` to ${keptPlace}/ by their names, and writes the tables of ` +
      'docs/results/speed.md anew',
  )
  .argument('[files...]', 'results, such as build/zen3.json')
  .action(async (files: string[]) => {
    for (const file of files) await readKept(file);
    await mkdir(keptPlace, { recursive: true });
    for (const file of files) await copyFile(file, join(keptPlace, basename(file)));
    const [path, text] = await speedPage();
    await writeWhole(path, text);
    console.log(path);
  });
await runScript(program);
