import { join } from 'node:path';
import { writeWhole } from '../../runs/atomic.ts';
import { frameOf, headerOf } from '../../runs/frames/keep.ts';
import type { RunKeeper } from '../../runs/lifecycle.ts';
import type { KeepingEvent } from '../../runs/loop.ts';
import type { Model } from '../../runs/open.ts';
import { coefficientHistograms, mostHistograms, weightHistograms } from './distributions.ts';
import { continueEvents } from './eventFile.ts';
import { embeddingPicture, mostPictures } from './pictures.ts';
import { projectorFiles } from './projector.ts';
import type { SummaryValue } from './proto.ts';
import { isShown, isShownEpoch, scalarsOf } from './scalars.ts';
import { settingsOf } from './settings.ts';

/** Where a run's files for TensorBoard are while it trains. */
export const tensorboardFolder = (run: string): string => join(run, 'tensorboard');

/**
 * Passes on what happens to a run while it keeps files for TensorBoard: scalars, settings, and after
 * epochs histograms and a picture of the embedding; with the last step the projector's files. A resumed
 * run cuts them back to its checkpoint. The training's bits are those of a run without.
 */
export const keepTensorboard: RunKeeper = async function* (events, run, model, check) {
  const folder = tensorboardFolder(run);
  const file = await continueEvents(folder, model.trainer.step);
  const append = async (step: number, values: SummaryValue[]): Promise<void> => {
    if (values.length === 0) return;
    await check();
    await file.append({ wallTime: Date.now() / 1000, step, values });
  };
  try {
    const { step } = model.trainer;
    if (file.isNew) await append(step, [settingsOf(model.config, Date.now() / 1000)]);
    const valuesOf = watching(model);
    for await (const event of events) {
      if (event.kind !== 'checkpoint') await append(event.step, await valuesOf(event));
      yield event;
    }
    if (model.trainer.step === model.trainer.steps) await keepProjector(folder, model, check);
  } finally {
    await file.close();
  }
};

type TrainingEvent = Exclude<KeepingEvent, { kind: 'checkpoint' }>;

/** What an event tells of a model, which is looked at after its epochs. */
function watching(model: Model): (event: TrainingEvent) => Promise<SummaryValue[]> {
  const { trainer, dataset, config } = model;
  const header = headerOf(model, 'auto');
  const picture = async () => {
    const frame = await frameOf(trainer, header);
    return embeddingPicture(frame, header, dataset.classNames);
  };
  return async (event) => {
    if (event.kind === 'step') return isShown(event.step, event.steps) ? scalarsOf(event) : [];
    const due = (most: number) => isShownEpoch(event.epoch, config.epochs, most);
    return [
      ...scalarsOf(event),
      ...(due(mostHistograms) ? weightHistograms((await trainer.state()).tensors) : []),
      ...(due(mostHistograms) ? coefficientHistograms(model, event.step) : []),
      ...(due(mostPictures) ? await picture() : []),
    ];
  };
}

async function keepProjector(
  folder: string,
  model: Model,
  check: () => Promise<void>,
): Promise<void> {
  for (const { name, content } of await projectorFiles(model)) {
    await check();
    await writeWhole(join(folder, name), content);
  }
}
