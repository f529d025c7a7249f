// Every route of a studio's API asked by schemathesis, from its own OpenAPI document.
// `npm run fuzz:api -- --help`
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { askFor } from './soak/asker.ts';
import { fillFolder } from './soak/folders.ts';
import { StudioProcess } from './soak/studioProcess.ts';

interface Flags {
  schemathesis: string;
  examples: string;
  seed: string;
}

/** A schema cannot say which ids there are, nor which words of a config parse. */
const beyondSchemas = 'positive_data_acceptance,negative_data_rejection';

const program = new Command('fuzz:api')
  .description('asks every route of a studio by schemathesis (pip install schemathesis)')
  .option('--schemathesis <program>', 'where it is', 'schemathesis')
  .option('--examples <count>', 'requests to an operation', '100')
  .option('--seed <number>', 'of its random choices', '23')
  .action(async (flags: Flags) => {
    const folder = await mkdtemp(join(tmpdir(), 'api-fuzz-'));
    try {
      process.exitCode = await fuzz(folder, flags);
    } finally {
      await rm(folder, { recursive: true, maxRetries: 5 });
    }
  });
await program.parseAsync();

/** @returns an exit code: of schemathesis, or 1 where the studio has not ended well */
async function fuzz(folder: string, { schemathesis, examples, seed }: Flags): Promise<number> {
  const runs = join(folder, 'runs');
  await fillFolder(runs, 40);
  const studio = await StudioProcess.open(runs);
  try {
    const config = join(folder, 'schemathesis.toml');
    await writeFile(config, await knownIds(studio));
    const asked = spawn(
      schemathesis,
      [
        ...[`--config-file=${config}`, 'run', `${studio.origin}/api/openapi.json`],
        ...['--phases=examples,coverage,fuzzing', `--max-examples=${examples}`, `--seed=${seed}`],
        // Event streams do not end.
        ...[`--exclude-checks=${beyondSchemas}`, '--exclude-path=/api/events'],
        ...[`--header=Authorization: Bearer ${studio.token}`, '--rate-limit=60/s'],
        ...['--request-timeout=120', '--continue-on-failure', '--no-color'],
      ],
      { stdio: 'inherit' },
    );
    const [code] = await once(asked, 'exit');
    const ended = await studio.close();
    if (ended) console.log(`FAILED: ${ended}`);
    return ended ? 1 : code;
  } finally {
    await studio.close();
  }
}

/** What makes most requests name a run that is there; the others name any. */
async function knownIds(studio: StudioProcess): Promise<string> {
  const runs = await askFor<{ id: string }[]>(studio, '/api/runs');
  const ids = runs.map(({ id }) => id);
  const pairs = ids.map((id, index) => `${id},${ids[(7 * index) % ids.length]}`);
  return [
    `[dictionaries]\nids.values = ${JSON.stringify(ids)}\npairs.values = ${JSON.stringify(pairs)}`,
    '[parameters]\n"path.id" = { dictionary = "ids", probability = 0.8 }',
    '"query.ids" = { dictionary = "pairs", probability = 0.8 }\n',
  ].join('\n');
}
