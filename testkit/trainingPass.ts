import { nativeMachine } from '../src/machines/native/native.ts';
import type { MixingLaw } from '../src/mixing/law.ts';
import { sizeOf } from '../src/nets/parameters.ts';
import type { Model } from '../src/runs/open.ts';
import { encodeSafetensors, type StoredTensor } from '../src/runs/safetensors.ts';
import { NetExecution } from '../src/training/netExecution.ts';
import type { NamedTensors } from '../src/training/state.ts';
import { firstPlaces } from './fixtureNet.ts';

/** α and β of a block for all samples of a batch, [bands][branches][samples]. */
export interface Coefficients {
  alpha: Float32Array;
  beta: Float32Array;
}

/** What a training pass is given: the first test images of a model, and coefficients for every block. */
export interface PassCase {
  samples: number;
  /** Steps done before it: some heads' margins grow with them. */
  step: number;
  blocks: Coefficients[];
}

/** A case with the coefficients that the model's law draws for a step. */
export function drawnCase({ net, mixing, config }: Model, samples: number): PassCase {
  const step = 5;
  const blocks = net.blocks.map(({ branches }, block) => {
    const size = mixing.bands * branches * samples;
    const drawn = { alpha: new Float32Array(size), beta: new Float32Array(size) };
    const pass = {
      block,
      blocks: net.blocks.length,
      branches,
      samples,
      seed: config.seed,
      step,
    };
    mixing.draw(pass, drawn.alpha, drawn.beta);
    return drawn;
  });
  return { samples, step, blocks };
}

/** The law that gives every block the coefficients of a case. */
const givenLaw = ({ bands }: MixingLaw, { blocks }: PassCase): MixingLaw => ({
  name: 'given',
  bands,
  draw({ block }, forward, backward) {
    forward.set(blocks[block].alpha);
    backward.set(blocks[block].beta);
  },
  evaluation: ({ branches }, forward) => void forward.fill(1 / branches),
});

/** What a pass leaves: logits [samples][classes] and the gradient of every parameter by its name. */
export interface PassResult {
  logits: Float32Array;
  gradients: Map<string, Float32Array>;
}

/** A training pass of a model's net with the tensors given, up to the gradients; nothing is updated. */
export async function trainingPass(
  { net, dataset, mixing, head }: Model,
  tensors: NamedTensors,
  given: PassCase,
): Promise<PassResult> {
  const { samples, step } = given;
  const law = givenLaw(mixing, given);
  const options = { net, dataset, head, mixing: law, batch: samples, threads: 1 };
  const execution = new NetExecution({ ...options, machine: nativeMachine });
  try {
    for (const tensor of execution.tensors)
      if (tensor.kind !== 'momentum') execution.write(tensor, tensors.get(tensor.name)!.data);
    execution.choose(dataset.test.images, firstPlaces(samples));
    await execution.forward({ seed: 1, step: 0 }, samples);
    const labels = Array.from(dataset.test.labels.subarray(0, samples));
    await execution.head.loss({ labels, count: samples, step, training: true });
    await execution.backward(samples);
    return { logits: execution.head.logits.slice(), gradients: await gradientsOf(execution) };
  } finally {
    execution.close();
  }
}

async function gradientsOf({ program, execution }: NetExecution) {
  const gradients = new Map<string, Float32Array>();
  for (const { name, shape, gradient } of program.parameters) {
    const values = new Float32Array(sizeOf(shape));
    await execution.read(gradient, values);
    gradients.set(name, values);
  }
  return gradients;
}

/** A case as `testkit/runExported.py` reads it, four bytes of an image to a number. */
export function encodeCase(
  { dataset, net, mixing }: Model,
  { samples, step, blocks }: PassCase,
): Uint8Array {
  const { channels, height, width, test } = dataset;
  const size = channels * height * width;
  const images = new Int32Array(test.images.slice(0, samples * size).buffer);
  const labels = Int32Array.from(test.labels.subarray(0, samples));
  const tensors = new Map<string, StoredTensor>([
    ['images', { shape: [samples, channels, height, width / 4], data: images }],
    ['labels', { shape: [samples], data: labels }],
    ['step', { shape: [], data: Int32Array.of(step) }],
  ]);
  for (const [block, { branches }] of net.blocks.entries()) {
    const shape = [samples, mixing.bands, branches];
    for (const name of ['alpha', 'beta'] as const)
      tensors.set(`${name}.${block}`, { shape, data: bySample(blocks[block][name], samples) });
  }
  return encodeSafetensors({ tensors, metadata: {} });
}

/** [bands][branches][samples] as [samples][bands][branches]. */
function bySample(coefficients: Float32Array, samples: number): Float32Array {
  const each = coefficients.length / samples;
  return Float32Array.from(
    coefficients,
    (_, i) => coefficients[(i % each) * samples + Math.floor(i / each)],
  );
}
