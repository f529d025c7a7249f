import { z } from 'zod';
import { readArrowSchema } from './arrowSchema.ts';
import type { Table } from './table.ts';

/** What stands in a file's metadata beside its columns. */
export interface Annotations {
  /** the names of a label's classes, as Hugging Face's `datasets` writes them, by column */
  classNames: Map<string, string[]>;
  /** the shape of each value of a column, and in which order its axes are meant */
  tensors: Map<string, Tensor>;
  /** columns that are pandas' index, and no features */
  index: string[];
}

/** Arrow's fixed_shape_tensor: the logical axis i is the stored axis `permutation[i]`. */
export interface Tensor {
  shape: number[];
  permutation: number[];
}

const sizes = z.array(z.number().int().min(1).max(65_536)).min(1).max(4);

const tensorSchema = z
  .object({ shape: sizes, permutation: z.array(z.number().int().min(0).max(3)).nullish() })
  .transform(({ shape, permutation }) => ({
    shape,
    permutation: permutation ?? shape.map((_, axis) => axis),
  }))
  .refine(({ shape, permutation }) => String(permutation.toSorted()) === String([...shape.keys()]));

const feature = z.looseObject({ names: z.array(z.string()).optional(), shape: sizes.optional() });
const huggingFace = z.object({
  info: z.object({ features: z.record(z.string(), z.unknown()) }),
});

const pandas = z.object({ index_columns: z.array(z.unknown()) });

/**
 * Reads the annotations of a table. What is none of the known forms is as if it were not there:
 * columns that need it are refused for the lack of it.
 */
export function readAnnotations({ metadata }: Table): Annotations {
  const entries = new Map(
    (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]),
  );
  const features = featuresOf(entries.get('huggingface'));
  const classNames = features.flatMap(([name, { names }]) =>
    names ? [[name, names] as const] : [],
  );
  const arrays = features.flatMap(([name, { shape }]) =>
    shape ? [[name, tensorSchema.parse({ shape })] as const] : [],
  );
  return {
    classNames: new Map(classNames),
    tensors: new Map([...arrays, ...tensorsOf(entries.get('ARROW:schema'))]),
    index: indexOf(entries.get('pandas')),
  };
}

function featuresOf(text: string | undefined): [string, z.output<typeof feature>][] {
  const { data } = huggingFace.safeParse(jsonOf(text));
  return Object.entries(data?.info.features ?? {}).flatMap(([name, value]) => {
    const read = feature.safeParse(value);
    return read.success ? [[name, read.data]] : [];
  });
}

function tensorsOf(schema: string | undefined): [string, Tensor][] {
  const found: [string, Tensor][] = [];
  for (const [name, metadata] of arrowFields(schema)) {
    if (metadata.get('ARROW:extension:name') !== 'arrow.fixed_shape_tensor') continue;
    const read = tensorSchema.safeParse(jsonOf(metadata.get('ARROW:extension:metadata')));
    if (read.success) found.push([name, read.data]);
  }
  return found;
}

function arrowFields(schema: string | undefined) {
  try {
    return schema ? readArrowSchema(schema) : new Map<string, Map<string, string>>();
  } catch (error) {
    if (error instanceof RangeError) return new Map<string, Map<string, string>>();
    throw error;
  }
}

function indexOf(text: string | undefined): string[] {
  const { data } = pandas.safeParse(jsonOf(text));
  return (data?.index_columns ?? []).filter((name) => typeof name === 'string');
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
