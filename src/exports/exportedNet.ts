import type { ImageKind } from '../data/dataset.ts';
import { channelsSeen } from '../data/folder/newFiles.ts';
import type { ImageChannels } from '../data/imageForm.ts';
import { settingsIn, settingValues } from '../data/settings.ts';
import { buildGraph, type Graph } from '../graph/graph.ts';
import type { Objective, Readout } from '../heads/head.ts';
import type { Net } from '../nets/networks.ts';
import { packageVersion } from '../package.ts';
import { restoreNet, type TrainedNetOptions } from '../predict/trainedNet.ts';
import type { Model } from '../runs/open.ts';
import { evaluationTensors, type TrainingState } from '../training/state.ts';
import type { NamedTensors } from '../training/trainer.ts';
import { portable } from './portable.ts';

/** A trained net as it leaves: what it computes in evaluation, and what it computes with. */
export interface ExportedNet {
  /** For example `resnext-20-2x4d of MNIST`. */
  title: string;
  net: Net;
  graph: Graph;
  kind: Omit<ImageKind, 'augmentation'>;
  /** How colours become its channels; `auto` for bands that are no colours. */
  channels: ImageChannels;
  /** What the data's files held: `images`, `sound clips`, … */
  holds: string;
  /** Parameters, running statistics and the head's state, as checkpoints name them. */
  tensors: NamedTensors;
  /** α of a block in evaluation, [bands][branches]. */
  coefficients(block: number, branches: number): Float32Array;
  /** How the head makes logits of features; undefined for a head of one's own that does not say. */
  readout: Readout | undefined;
  /** What the head's loss is; undefined for one of one's own that does not say. */
  objective: Objective | undefined;
  /** Where the net comes from and how it was trained, as text entries. */
  about: Record<string, string>;
}

/** What a model in memory computes with in evaluation: averages where the run keeps them. */
export async function exportedNet({ trainer, dataset, ...model }: Model): Promise<ExportedNet> {
  const { title, reading } = dataset;
  const seen = { ...dataset, holds: reading?.holds ?? 'images' };
  return described({ ...model, title, seen, state: await trainer.state() });
}

/**
 * The same of the run in a folder, by its record and its checkpoint; see `restoreNet`.
 *
 * @throws RequestError where `restoreNet` does
 */
export async function exportedRun(
  folder: string,
  options: TrainedNetOptions,
): Promise<{ exported: ExportedNet; step: number; notes: string[] }> {
  const { record, loaded, execution, ...restored } = await restoreNet(folder, options);
  execution.close();
  const { config, data } = record;
  const { state, notes } = loaded;
  const { net } = execution;
  const exported = described({ ...restored, config, net, title: data.title, state });
  const mirrored = config.testMirror === 'none' ? [] : [mirrorNote];
  return { exported, step: state.step, notes: [...notes, ...mirrored] };
}

const mirrorNote =
  'the run judges an image together with its mirror image; the exported net sees one image at a time: ' +
  'take the mean of the logits of both';

/** What an exported net is made of. */
interface Trained extends Pick<Model, 'config' | 'net' | 'mixing' | 'head'> {
  /** Of its data. */
  title: string;
  seen: ExportedNet['kind'] & Pick<ExportedNet, 'holds'>;
  state: TrainingState;
}

function described({ config, title, seen, net, mixing, head, state }: Trained): ExportedNet {
  const { bands } = mixing;
  const blocks = net.blocks.length;
  return {
    title: `${config.net} of ${title}`,
    net,
    graph: buildGraph(net, { ...seen, bands }),
    kind: seen,
    channels: channelsSeen(seen, settingValues(settingsIn(config))),
    holds: seen.holds,
    tensors: evaluationTensors(state),
    coefficients(block, branches) {
      const alpha = new Float32Array(bands * branches);
      mixing.evaluation({ block, blocks, branches, samples: 1 }, alpha);
      return alpha;
    },
    readout: head.readout,
    objective: head.objective,
    about: {
      data: title,
      classes: JSON.stringify(seen.classNames),
      config: JSON.stringify(portable(config)),
      step: `${state.step}`,
      net: `${config.net}, layout ${config.layout}, features ${net.features}`,
      made: `shakelab ${packageVersion()}`,
    },
  };
}
