import { RequestError } from '../errors.ts';
import type { Kernels } from '../machines/machine.ts';
import { nativeIsas } from '../machines/native/native.ts';
import type { Trainer } from '../training/trainer.ts';
import { readRecord, writeRecord } from './folder.ts';
import type { RunRecord } from './record.ts';

/** The kernels that computed a run's last steps; of old runs the instruction set is not known. */
interface KeptKernels extends Omit<Kernels, 'isa'> {
  isa?: string;
}

/**
 * Sees to it that a run goes on by the kernels that computed it so far, which alone give the bits
 * of an unbroken run. Others that are allowed are written down in the run's record; so are those of
 * a run that has no step yet, of which nothing can be mixed.
 *
 * @returns what the user should know of it
 * @throws RequestError where the kernels are others and `allowOther` is not set
 */
export async function keepKernels(
  folder: string,
  { kernels, step, steps }: Trainer,
  allowOther: boolean,
): Promise<string[]> {
  const record = await readRecord(folder);
  const kept = lastKernels(record);
  if (step === steps || agree(kept, kernels)) return [];
  if (step > 0 && !allowOther) throw refusal(folder, kept, kernels, record.code.shakelab);
  const { isa, version } = kernels;
  const change = { step, isa, kernels: version, when: new Date().toISOString() };
  const kernelChanges = [...(record.kernelChanges ?? []), change];
  await writeRecord(folder, { ...record, kernelChanges });
  return [`from step ${step} on by ${told(kernels)}, before by ${told(kept)}; run.json says so`];
}

function lastKernels({ machine, kernelChanges = [] }: RunRecord): KeptKernels {
  const { isa, kernels: version = 1 } = kernelChanges.at(-1) ?? machine;
  return { isa, version };
}

const agree = (kept: KeptKernels, { isa, version }: Kernels): boolean =>
  kept.version === version && (kept.isa ?? isa) === isa;

function refusal(folder: string, kept: KeptKernels, here: Kernels, shakelab: string): RequestError {
  return new RequestError(
    `${folder}: the run was computed by ${told(kept)}, this machine computes by ${told(here)}, ` +
      `which round otherwise; ${remedies(kept, here, shakelab).join(', or ')}`,
  );
}

function remedies(kept: KeptKernels, here: Kernels, shakelab: string): string[] {
  const back =
    kept.version !== here.version
      ? [`go on with the shakelab that computed it (${shakelab})`]
      : nativeIsas().includes(kept.isa!)
        ? [`set SHAKELAB_ISA=${kept.isa} to go on as before`]
        : [`go on where there is ${kept.isa}`];
  const allow = '--allow-other-kernels to go on with these and write it into run.json';
  return [...back, `add ${allow}`];
}

const told = ({ isa = 'an unknown instruction set', version }: KeptKernels): string =>
  `${isa} with kernels of version ${version}`;
