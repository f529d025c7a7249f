import type { Shape, Tensor } from '../../ops/tensor.ts';
import type { Stored } from '../../program/operands.ts';
import { roundToBf16 } from '../../program/precision.ts';
import type { Slot } from '../../program/slots.ts';
import type { SlotValues } from '../machine.ts';

/** Every slot in memory of its own, tensors as [samples][C][H][W]. */
export class ReferenceMemory {
  samples = 0;
  private readonly buffers = new Map<Slot, ArrayBuffer>();

  /** What a slot holds, for what it holds. */
  of(slot: Slot): SlotValues {
    return slot.holds === 'words' ? this.words(slot) : this.values(slot);
  }

  values(slot: Slot): Float32Array {
    return new Float32Array(this.bufferOf(slot));
  }

  words(slot: Slot): Uint32Array {
    return new Uint32Array(this.bufferOf(slot));
  }

  /** Zeros to begin with. */
  private bufferOf(slot: Slot): ArrayBuffer {
    const found = this.buffers.get(slot) ?? new ArrayBuffer(4 * slot.size);
    this.buffers.set(slot, found);
    return found;
  }

  doubles(slot: Slot, size: number): Float64Array {
    return Float64Array.from(this.values(slot).subarray(0, size));
  }

  read(stored: Stored): Tensor {
    return this.readShape(stored.slot, stored);
  }

  readShape(slot: Slot, { channels, height, width }: Shape): Tensor {
    const { samples } = this;
    const data = this.doubles(slot, samples * channels * height * width);
    return { samples, channels, height, width, data };
  }

  /** Rounds to what the slot holds. */
  write({ slot }: Stored, { data }: Tensor): void {
    const values = this.values(slot);
    values.set(data);
    if (slot.holds === 'bf16') roundToBf16(values.subarray(0, data.length));
  }

  free(): void {
    this.buffers.clear();
  }
}
