import type { Execution } from '../machines/machine.ts';
import type { MixingLaw } from '../mixing/law.ts';
import type { Program } from '../program/program.ts';
import { randomWords } from '../random/index.ts';

/** Which training pass something is drawn for. */
export interface Pass {
  seed: number;
  step: number;
  /** Share of the training's steps before it; left out after all of them. */
  progress?: number;
}

/** Draws all that is random below the head, and sends it to the machine. */
export class Draws {
  private readonly program: Program;
  private readonly mixing: MixingLaw;
  private readonly execution: Execution;

  constructor(program: Program, mixing: MixingLaw, execution: Execution) {
    this.program = program;
    this.mixing = mixing;
    this.execution = execution;
  }

  /** For a training pass of `samples` images. */
  training({ seed, step, progress }: Pass, samples: number): void {
    this.eachBlock(samples, (block, { forward, backward }) => {
      const [alpha, beta] = [new Float32Array(block.size), new Float32Array(block.size)];
      this.mixing.draw({ ...block, seed, step, progress }, alpha, beta);
      this.execution.write(forward.slot, alpha);
      this.execution.write(backward.slot, beta);
    });
    this.program.dropoutKeys.forEach((key, index) => {
      const word = randomWords(seed, `dropout/${index}`, step);
      this.execution.write(key, Uint32Array.of(word(0), word(1)));
    });
  }

  /** The expected coefficients, for an evaluation of `samples` images. */
  evaluation(samples: number): void {
    this.eachBlock(samples, (block, { forward }) => {
      const alpha = new Float32Array(block.size);
      this.mixing.evaluation(block, alpha);
      this.execution.write(forward.slot, alpha);
    });
  }

  /** Visits the net's blocks, with the number of coefficients that a pass has in each. */
  private eachBlock(
    samples: number,
    visit: (
      block: { block: number; blocks: number; branches: number; samples: number; size: number },
      coefficients: Program['coefficients'][number],
    ) => void,
  ): void {
    const { coefficients } = this.program;
    coefficients.forEach((both, block) => {
      const { bands, branches } = both.forward;
      const size = bands * branches * samples;
      visit({ block, blocks: coefficients.length, branches, samples, size }, both);
    });
  }
}
