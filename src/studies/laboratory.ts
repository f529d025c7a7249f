import type { Dataset } from '../data/dataset.ts';
import { writeEmbedding } from '../runs/embeddings.ts';
import type { RunConfig } from '../runs/fields.ts';
import { keptConfig } from '../runs/folder.ts';
import { type RunEvent, runTraining } from '../runs/lifecycle.ts';
import { type EpochEvent, readEpochs } from '../runs/metrics.ts';
import { openRun } from '../runs/open.ts';
import { type Observations, observe, type Watcher } from './observations.ts';
import { runTrial, type Trial } from './trial.ts';

/** Where a study's runs are trained and looked at; the tests of studies have one of their own. */
export interface Laboratory {
  /** Trains a run in a folder, or goes on with the one that is there. */
  train(config: RunConfig, folder: string): AsyncGenerator<RunEvent>;
  /**
   * Embeds the images of a trained run, and keeps the embeddings in the run's folder.
   *
   * @param tell is told what is being embedded
   */
  observe(folder: string, tell?: (doing: string) => void): Promise<Observations>;
  /** Every epoch of a trained run. */
  epochs(folder: string): Promise<EpochEvent[]>;
  /** Measures how fast a run would go, and keeps nothing. */
  trial(config: RunConfig): Promise<Trial>;
}

export interface LaboratoryOptions {
  dataset: Dataset;
  threads?: number;
  /** Aborting it saves a checkpoint and ends the training. */
  signal?: AbortSignal;
}

/** The laboratory that trains for real, on data that are open already. */
export function openLaboratory({ dataset, threads, signal }: LaboratoryOptions): Laboratory {
  return {
    async *train(config, folder) {
      const resume = (await keptConfig(folder)) !== undefined;
      yield* runTraining({ folder, config, resume, dataset, threads, signal });
    },
    observe: (folder, tell) => observeRun(folder, { dataset, threads, tell }),
    epochs: readEpochs,
    trial: (config) => runTrial(config, dataset, threads),
  };
}

async function observeRun(
  folder: string,
  { dataset, threads, tell }: Omit<LaboratoryOptions, 'signal'> & Pick<Watcher, 'tell'>,
): Promise<Observations> {
  const { trainer } = await openRun(folder, { dataset, threads });
  const keep: Watcher['keep'] = (cell, embedding) => writeEmbedding(folder, cell, embedding);
  try {
    return await observe(trainer, dataset.classNames.length, { tell, keep });
  } finally {
    trainer.close();
  }
}
