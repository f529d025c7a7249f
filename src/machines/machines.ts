import type { Machine } from './machine.ts';
import { nativeMachine } from './native/native.ts';
import { referenceMachine } from './reference/reference.ts';

/** Every machine by its name. */
export const machines = {
  native: nativeMachine,
  reference: referenceMachine,
} as const satisfies Record<string, Machine>;
