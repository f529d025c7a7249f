import type { SectionName } from '../../program/instructions.ts';
import { block, type Slot, slotsIn } from '../../program/slots.ts';
import type { AddonExecution } from './addon.ts';
import { encodeSection } from './encode.ts';
import { type NativeSectionName, nativeSectionNames } from './instructions.ts';
import type { NativeProgram } from './lower.ts';

/** Of the threads' time, how much may be idle where each evaluates samples by itself. */
const mostIdle = 1 / 5;

/** A program's sections for the addon: each by its name, and the evaluation that a thread does alone. */
export const encodeSections = ({ sections, placement, alone }: NativeProgram): Int32Array[] => [
  ...nativeSectionNames.map((name) => encodeSection(sections[name], placement)),
  encodeSection(sections.evaluate, alone.placement),
];

/**
 * Runs sections on the addon. An evaluation is prepared once for many batches, and each thread takes
 * sixteen samples at a time through all of it, which stay in cache, where that keeps the threads busy.
 */
export class SectionRunner {
  private readonly opened: AddonExecution;
  private readonly threads: number;
  private readonly ownFloats: number;
  /** What preparing reads. */
  private readonly needed: ReadonlySet<Slot>;
  private prepared = false;

  constructor(opened: AddonExecution, { sections, alone }: NativeProgram, threads: number) {
    this.opened = opened;
    this.threads = threads;
    this.ownFloats = alone.floats;
    this.needed = new Set(slotsIn(sections.prepare));
  }

  /** To be told of what is written, or that a number changed which preparing reads. */
  changed(slot?: Slot): void {
    if (!slot || this.needed.has(slot)) this.prepared = false;
  }

  async run(section: SectionName, samples: number): Promise<Float64Array> {
    const prepared = this.prepared;
    // Training changes what preparing reads, and lies where it leaves its results.
    this.prepared = section === 'evaluate';
    if (section !== 'evaluate') return this.together(section, samples);
    if (!prepared) await this.together('prepare', samples);
    if (!this.paysAlone(samples / block)) return this.together(section, samples);
    return this.opened.run(nativeSectionNames.length, samples, this.ownFloats);
  }

  private together(section: NativeSectionName, samples: number): Promise<Float64Array> {
    return this.opened.run(nativeSectionNames.indexOf(section), samples, 0);
  }

  private paysAlone(blocks: number): boolean {
    const rounds = Math.ceil(blocks / this.threads);
    return blocks >= (1 - mostIdle) * rounds * this.threads;
  }
}
