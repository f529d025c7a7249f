import type { Embedding } from '../analysis/embedding.ts';
import { type Representation, representation } from '../analysis/representation.ts';
import type { Dataset } from '../data/dataset.ts';
import { type ModelOptions, openRun } from '../runs/open.ts';
import type { Trainer } from '../training/trainer.ts';
import { measureObservations, type Observations } from './observations.ts';

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
  observations: Observations;
  /** The paper's measures; those of a plane are null where there are more features. */
  paper: ReturnType<typeof measureObservations>;
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
export async function measureRun(folder: string, options: ModelOptions = {}): Promise<RunMeasures> {
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
  const classes = dataset.classNames.length;
  const trainMode: Embedding = { ...(await trainer.embed('train', 'train')), classes };
  const evaluated = await trainer.embed('train', 'evaluate');
  const tested = await trainer.embed('test', 'evaluate');
  const evaluateMode = { ...evaluated, classes };
  const test = { ...tested, classes };
  const observations = { trainMode, evaluateMode, test };
  const { predictions } = evaluated;
  return {
    dataset,
    step: trainer.step,
    steps: trainer.steps,
    dimensions: tested.dimensions,
    testError: errorOf(tested),
    observations,
    paper: measureObservations(observations),
    representation: representation(evaluateMode, test, {
      predictions,
      classVectors: classVectorsOf(trainer),
    }),
  };
}

/** The head's class vectors, where it has one of the features' length for each class. */
const classVectorsOf = (trainer: Trainer): Float32Array | null =>
  trainer.state().tensors.get('head.weight')?.data ?? null;

function errorOf({ labels, predictions, count }: Awaited<ReturnType<Trainer['embed']>>): number {
  const wrong = Array.from(labels).filter((label, i) => label !== predictions[i]).length;
  return (100 * wrong) / count;
}
