import { nativeIsas, usualIsa } from '../machines/native/native.ts';

/** The instruction set below the CPU's best to which `SHAKELAB_ISA` holds this process; null where it does not. */
export function heldTo(): string | null {
  const isa = usualIsa();
  return isa === nativeIsas()[0] ? null : isa;
}
