import { eachValue, type Shape, type Tensor, zeros } from '../ops/tensor.ts';
import type { Stored } from '../program/instructions.ts';
import type { Program } from '../program/program.ts';
import { block, type Slot, wordsOf } from '../program/slots.ts';

/** The arena as the slow ops see it: tensors [samples][C][H][W] in, tensors out. */
export class ReferenceMemory {
  readonly arena: Float32Array;
  samples = 0;
  private readonly placement: Map<Slot, number>;

  constructor({ arenaFloats, placement }: Program) {
    this.arena = new Float32Array(arenaFloats);
    this.placement = placement;
  }

  values(slot: Slot, size = slot.size): Float32Array {
    const at = this.placement.get(slot)!;
    return this.arena.subarray(at, at + size);
  }

  words(slot: Slot): Uint32Array {
    return wordsOf(this.values(slot));
  }

  doubles(slot: Slot, size: number): Float64Array {
    return Float64Array.from(this.values(slot, size));
  }

  read(stored: Stored): Tensor {
    return this.readShape(stored.slot, stored);
  }

  readShape(slot: Slot, shape: Shape): Tensor {
    const tensor = zeros(this.samples, shape);
    const from = this.values(slot);
    eachValue(tensor, (sample, c, i) => {
      tensor.data[i] = from[innermost(shape, sample, c, i)];
    });
    return tensor;
  }

  write({ slot, ...shape }: Stored, tensor: Tensor): void {
    const to = this.values(slot);
    eachValue(tensor, (sample, c, i) => {
      to[innermost(shape, sample, c, i)] = tensor.data[i];
    });
  }
}

/** Place of a value in [N/16][H][W][C][16], from its place i in [N][C][H][W]. */
function innermost(
  { channels, height, width }: Shape,
  sample: number,
  c: number,
  i: number,
): number {
  const pixels = height * width;
  const pixel = (Math.floor(sample / block) * pixels + (i % pixels)) * channels;
  return (pixel + c) * block + (sample % block);
}
