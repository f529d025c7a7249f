import { notesOnFeatures, writeEmbedding, writeEmbeddingTable } from '../runs/embeddings.ts';
import { openRun } from '../runs/open.ts';
import { wholeNumber } from '../text/text.ts';
import type { EmbedFlags } from './commands/embed.ts';
import { printNote, printResult } from './output.ts';

/** `shakelab embed`: writes the features of a split into the run's `embeddings/`. */
export async function embed(folder: string, flags: EmbedFlags): Promise<void> {
  const { split, mode, csv, data, threads, checkpoint, json } = flags;
  const { config, trainer, notes } = await openRun(folder, {
    dataFolder: data,
    threads,
    checkpoint,
  });
  try {
    [...notes, ...notesOnFeatures(config)].forEach(printNote);
    const embedding = await trainer.embed(split, mode);
    const name = `${split}-${mode}`;
    const files = [await writeEmbedding(folder, name, embedding)];
    if (csv) files.push(await writeEmbeddingTable(folder, name, embedding));
    const { count, dimensions } = embedding;
    printResult(json, { folder, split, mode, count, dimensions, files }, () => {
      const what = `${wholeNumber(count)} ${split} images, ${dimensions} features each`;
      return [`${what}, in ${mode} mode`, ...files].join('\n');
    });
  } finally {
    trainer.close();
  }
}
