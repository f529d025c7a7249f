import type { CompiledData } from '../../src/data/compiled.ts';

/** What stands in for the compiled code of data: none of it. */
export const compiledData = (): Partial<CompiledData> => ({});
