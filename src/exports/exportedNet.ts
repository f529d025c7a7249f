import type { ImageKind } from '../data/dataset.ts';
import { channelsSeen } from '../data/folder/newFiles.ts';
import type { ImageChannels } from '../data/imageForm.ts';
import { settingsIn, settingValues } from '../data/settings.ts';
import { buildGraph, type Graph } from '../graph/graph.ts';
import type { Objective, Readout } from '../heads/head.ts';
import type { Net } from '../nets/networks.ts';
import { packageVersion } from '../package.ts';
import type { Model } from '../runs/open.ts';
import { evaluationTensors } from '../training/state.ts';
import type { NamedTensors } from '../training/trainer.ts';
import { portable } from './portable.ts';

/** A trained net as it leaves: what it computes in evaluation, and what it computes with. */
export interface ExportedNet {
  /** For example `resnext-20-2x4d of MNIST`. */
  title: string;
  net: Net;
  graph: Graph;
  kind: ImageKind;
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

/** What a model computes with in evaluation: averages where the run keeps them. */
export async function exportedNet({
  config,
  dataset,
  net,
  mixing,
  head,
  trainer,
}: Model): Promise<ExportedNet> {
  const state = await trainer.state();
  const { bands } = mixing;
  const blocks = net.blocks.length;
  return {
    title: `${config.net} of ${dataset.title}`,
    net,
    graph: buildGraph(net, { ...dataset, bands }),
    kind: dataset,
    channels: channelsSeen(dataset, settingValues(settingsIn(config))),
    holds: dataset.reading?.holds ?? 'images',
    tensors: evaluationTensors(state),
    coefficients(block, branches) {
      const alpha = new Float32Array(bands * branches);
      mixing.evaluation({ block, blocks, branches, samples: 1 }, alpha);
      return alpha;
    },
    readout: head.readout,
    objective: head.objective,
    about: {
      data: dataset.title,
      classes: JSON.stringify(dataset.classNames),
      config: JSON.stringify(portable(config)),
      step: `${state.step}`,
      net: `${config.net}, layout ${config.layout}, features ${net.features}`,
      made: `shakelab ${packageVersion()}`,
    },
  };
}
