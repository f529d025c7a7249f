import { readdirSync, readFileSync } from 'node:fs';
import type { Architecture } from '../src/nets/architecture.ts';
import type { Block } from '../src/nets/networks.ts';
import { elements, readSafetensors, type Tensor } from './safetensors.ts';

/** The net a fixture was computed with; fields as in NAME.json. */
interface FixtureNet {
  name: string;
  /** For parseNet: `resnext-8-2x2d`; where there is an architecture, a description. */
  net: string;
  /** Of a net narrower than any name means. */
  architecture?: Architecture;
  /** For parseLayout: a name, or tokens. */
  layout: string;
  /** The layout's tokens spelt out, `conv bn relu conv bn + relu`. */
  tokens: string;
  input: { channels: number; height: number; width: number };
  /** Channels of the last block; `narrowed` when they are not the net's own. */
  features: number;
  narrowed: boolean;
  classes: number;
  batch: number;
  steps: number;
  /** A channel, on the scale 0 … 255. */
  mean: number[];
  std: number[];
  recipe: { learningRate: number; momentum: number; weightDecay: number };
  /** How many numbers are trained. */
  parameters: number;
  blocks: Block[];
  /** Shapes by parameter name, in the order of the forward pass. */
  tensors: Record<string, number[]>;
}

/** What one training step is given. */
interface FixtureStep {
  /** [batch][channels][height][width] */
  images: Uint8Array;
  labels: Uint16Array;
  /** Coefficients forward, [blocks, branches, samples]. */
  alpha: Tensor;
  /** Coefficients backward, [blocks, branches, samples]. */
  beta: Tensor;
}

type NamedTensors = Map<string, Tensor>;

/** What PyTorch computed for one small net; see pytorch/make_fixtures.py. */
export interface Fixture {
  net: FixtureNet;
  steps: FixtureStep[];
  /** Parameters and running statistics at the start. */
  initial: NamedTensors;
  /** Evaluate mode at the start, on the images of step 0, every coefficient 1/N. */
  evaluated: { features: Tensor; logits: Tensor };
  /** Train mode, step 0. */
  trained: { features: Tensor; logits: Tensor; loss: number };
  /** Of step 0's mean cross-entropy, without weight decay. */
  gradients: NamedTensors;
  /** Running statistics after the forward pass of step 0. */
  statistics: NamedTensors;
  /** After all steps: parameters with running statistics, and momenta; null for one step. */
  finish: { after: NamedTensors; momenta: NamedTensors } | null;
}

const folder = new URL('./fixtures/', import.meta.url);

/** Names of all fixtures, sorted. */
export function listFixtures(): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}

/** Reads a fixture by name. @throws Error when it is missing or damaged */
export function loadFixture(name: string): Fixture {
  const net: FixtureNet = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const stored = readSafetensors(new URL(`${name}.safetensors`, folder));
  const tensor = (key: string) => required(stored, key, name);
  const split = (key: string, wanted: Wanted) => named(tensor(key).data, net, wanted, key);
  return {
    net,
    steps: Array.from({ length: net.steps }, (_, index) => readStep(tensor, index)),
    initial: split('initial', every),
    evaluated: { features: tensor('evaluated.features'), logits: tensor('evaluated.logits') },
    trained: {
      features: tensor('trained.features'),
      logits: tensor('trained.logits'),
      loss: tensor('trained.loss').data[0],
    },
    gradients: split('gradient', trained),
    statistics: split('statistics', (tensorName) => !trained(tensorName)),
    finish: stored.has('after')
      ? { after: split('after', every), momenta: split('momentum', trained) }
      : null,
  };
}

type Wanted = (tensorName: string) => boolean;
const every: Wanted = () => true;
const trained: Wanted = (tensorName) => !tensorName.includes('running');

function required(stored: NamedTensors, key: string, fixture: string): Tensor {
  const tensor = stored.get(key);
  if (!tensor) throw new Error(`fixture ${fixture}: no tensor ${key}`);
  return tensor;
}

function readStep(tensor: (key: string) => Tensor, index: number): FixtureStep {
  return {
    images: Uint8Array.from(tensor(`input.${index}.images`).data),
    labels: Uint16Array.from(tensor(`input.${index}.labels`).data),
    alpha: tensor(`input.${index}.alpha`),
    beta: tensor(`input.${index}.beta`),
  };
}

/** Cuts a vector into the wanted tensors of a net, which lie in it end to end. */
function named(flat: Float32Array, net: FixtureNet, wanted: Wanted, key: string): NamedTensors {
  const tensors: NamedTensors = new Map();
  let offset = 0;
  for (const [name, shape] of Object.entries(net.tensors).filter(([name]) => wanted(name))) {
    const count = elements(shape);
    tensors.set(name, { shape, data: flat.slice(offset, offset + count) });
    offset += count;
  }
  if (offset !== flat.length)
    throw new Error(`fixture ${net.name}: ${key} has ${flat.length} values, not ${offset}`);
  return tensors;
}
