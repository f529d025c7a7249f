import { readRecord } from '../../runs/folder.ts';
import type { Frame, FrameHeader } from '../../runs/frames/format.ts';
import { frameOf, headerOf } from '../../runs/frames/keep.ts';
import { openFrames } from '../../runs/frames/log.ts';
import { readMetrics } from '../../runs/metrics.ts';
import type { Model } from '../../runs/open.ts';
import type { TrainingEvent } from '../../training/events.ts';
import { evaluationTensors } from '../../training/state.ts';
import type { ExportedFile } from '../formats.ts';
import type { RunSource } from '../runSource.ts';
import { coefficientHistograms, weightHistograms } from './distributions.ts';
import { encodeEvents, eventFileName } from './eventFile.ts';
import { embeddingPicture, mostPictures } from './pictures.ts';
import { projectorFiles } from './projector.ts';
import type { SummaryEvent } from './proto.ts';
import { isShown, scalarsOf } from './scalars.ts';
import { settingsOf } from './settings.ts';

/**
 * A run's files for TensorBoard: its settings and metrics, pictures of the frames that it keeps, the
 * histograms of the net that is exported and of the coefficients that its last step drew, and the
 * projector's files.
 */
export async function tensorboardFiles(source: RunSource): Promise<ExportedFile[]> {
  const { folder } = source;
  const model = await source.openForFeatures();
  const { startedAt } = await readRecord(folder);
  const begun = Date.parse(startedAt) / 1000;
  const metrics = await readMetrics(folder);
  const timeOf = clockOf(metrics, begun);
  const at = (step: number, values: SummaryEvent['values']): SummaryEvent => {
    return { wallTime: timeOf(step), step, values };
  };
  const state = await model.trainer.state();
  const { step } = state;
  const events = [
    at(0, [settingsOf(model.config, begun)]),
    ...metrics.filter(isTold).map((event) => at(event.step, scalarsOf(event))),
    ...(await pictures(folder, model)).map((picture) => at(picture.step, picture.values)),
    at(step, [
      ...weightHistograms(evaluationTensors(state)),
      ...coefficientHistograms(model, step),
    ]),
  ];
  const ordered = events.toSorted((a, b) => a.step - b.step);
  return [
    { name: eventFileName, content: encodeEvents(ordered) },
    ...(await projectorFiles(model)),
  ];
}

const isTold = (event: TrainingEvent): boolean =>
  event.kind === 'epoch' || isShown(event.step, event.steps);

/** When a step was done, nearly: epochs tell their seconds, and steps lie evenly between them. */
function clockOf(metrics: readonly TrainingEvent[], begun: number): (step: number) => number {
  const times: [number, number][] = [[0, begun]];
  for (const event of metrics)
    if (event.kind === 'epoch') times.push([event.step, times.at(-1)![1] + event.seconds]);
  return (step) => {
    const after = times.findIndex(([end]) => end >= step);
    if (after <= 0) return after === 0 ? begun : times.at(-1)![1];
    const [[from, earlier], [to, later]] = [times[after - 1], times[after]];
    return earlier + ((later - earlier) * (step - from)) / (to - from);
  };
}

/** Pictures of frames spread over the training, the last among them; of a run that keeps none, of its net now. */
async function pictures(folder: string, model: Model) {
  const { classNames } = model.dataset;
  const pictureOf = async (frame: Frame, header: FrameHeader) => {
    return { step: frame.step, values: await embeddingPicture(frame, header, classNames) };
  };
  const file = await openFrames(folder);
  if (!file) {
    const header = headerOf(model, 'auto');
    return [await pictureOf(await frameOf(model.trainer, header), header)];
  }
  try {
    const last = file.count - 1;
    const shown = Math.min(mostPictures, file.count);
    const places = Array.from({ length: shown }, (_, i) => Math.round((last * (i + 1)) / shown));
    const frames = (
      await Promise.all([...new Set(places)].map((place) => file.read(place, 1)))
    ).flat();
    return await Promise.all(frames.map((frame) => pictureOf(frame, file.header)));
  } finally {
    await file.close();
  }
}
