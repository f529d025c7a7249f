/**
 * `shakelab/machines`: what runs a program, the native machine and the reference, behind one interface.
 *
 * @module
 */

export type { BlockDescription } from './describe.ts';
export type { Execution, Kernels, Machine, MachineOptions, SlotValues } from './machine.ts';
export { machines } from './machines.ts';
export type { Convolutions } from './native/algorithm.ts';
export { nativeMachine } from './native/native.ts';
export { referenceMachine } from './reference/reference.ts';
