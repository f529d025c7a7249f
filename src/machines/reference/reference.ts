import { augmentationSize } from '../../data/augmentation.ts';
import { type Hyper, hyperOrder } from '../../program/hyper.ts';
import type { Program } from '../../program/program.ts';
import type { Execution, Machine } from '../machine.ts';
import { ReferenceMemory } from './memory.ts';
import { type State, step } from './steps.ts';

/**
 * The slow machine: every instruction spelled out with the ops' own forward and gradient, in
 * double precision. It defines what an instruction does; other machines are tested against it.
 */
export const referenceMachine: Machine = { name: 'reference', open };

function open(program: Program): Execution {
  const memory = new ReferenceMemory();
  const hyper = Object.fromEntries(hyperOrder.map((name) => [name, 0])) as Hyper;
  const indices = new Int32Array(program.batch);
  const augmentations = new Int32Array(program.batch * augmentationSize);
  const state: State = { memory, images: new Uint8Array(), indices, augmentations, hyper };
  return {
    machine: 'reference',
    kernels: { isa: 'reference', version: 1 },
    write: (slot, values) => memory.of(slot).set(values),
    async read(slot, into) {
      into.set(memory.of(slot).subarray(0, into.length));
    },
    setImages(images) {
      state.images = images;
    },
    choose(chosen, draws) {
      indices.set(chosen);
      augmentations.set(draws);
    },
    setHyper: (values) => void Object.assign(hyper, values),
    async run(section, samples) {
      memory.samples = samples;
      for (const instruction of program.sections[section]) step(instruction, state);
      return new Float64Array(program.sections[section].length);
    },
    close: () => memory.free(),
  };
}
