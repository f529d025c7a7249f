import type { Representation } from '../analysis/representation.ts';
import type { Dataset } from '../data/dataset.ts';
import { type OpenRunOptions, openRun } from '../runs/open.ts';
import type { Trainer } from '../training/trainer.ts';
import { embedRun, type RunEmbeddings } from './embeddings.ts';
import { type Findings, measureEmbeddings } from './measures/measures.ts';

/** A run's embeddings and everything that is measured of them. */
export interface RunMeasures {
  dataset: Dataset;
  /** Steps done, and steps of the whole training. */
  step: number;
  steps: number;
  /** Of the features. */
  dimensions: number;
  /** Percent, of the test images in evaluate mode. */
  testError: number;
  embeddings: RunEmbeddings;
  /** The paper's measures; those of a plane are null where there are more features. */
  paper: Omit<Findings, 'representation'>;
  representation: Representation;
  /** What the user should know of the restoring. */
  notes: string[];
}

/**
 * Embeds the images of a run, as far as it is trained, and measures them: the paper's measures, and
 * those of representations of any dimension.
 *
 * @throws RequestError where the folder holds no run that can be opened
 */
export async function measureRun(
  folder: string,
  options: OpenRunOptions = {},
): Promise<RunMeasures> {
  const { trainer, dataset, notes } = await openRun(folder, options);
  try {
    return { ...(await measureTrained(trainer, dataset)), notes };
  } finally {
    trainer.close();
  }
}

async function measureTrained(
  trainer: Trainer,
  dataset: Dataset,
): Promise<Omit<RunMeasures, 'notes'>> {
  const embeddings = await embedRun(trainer, dataset.classNames.length);
  const { representation, ...paper } = measureEmbeddings(embeddings);
  return {
    dataset,
    step: trainer.step,
    steps: trainer.steps,
    dimensions: embeddings.test.dimensions,
    testError: (await trainer.evaluate('test')).error,
    embeddings,
    paper,
    representation,
  };
}
