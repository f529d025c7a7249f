import { z } from 'zod';

/** All choices of one name, such as the laws called `shake-shake`: what they share. */
export interface Family<Choice> {
  /** What it does, for listings. */
  readonly summary: string;
  /** Where it was published. */
  readonly source: string;
  /** Its options, each with a default. */
  readonly options: z.ZodObject;
  /** @param spelled options as written, already known to fit `options` */
  create(name: string, spelled: Record<string, string>): Choice;
}

interface FamilyTraits<Shape extends z.ZodRawShape> {
  summary: string;
  source: string;
  /** What may be chosen; nothing when left out. */
  options?: z.ZodObject<Shape>;
}

/** Ties the options of a family to the function that makes a choice from their values. */
export function family<Choice, Shape extends z.ZodRawShape>(
  {
    summary,
    source,
    options = z.strictObject({}) as unknown as z.ZodObject<Shape>,
  }: FamilyTraits<Shape>,
  create: (name: string, values: z.output<z.ZodObject<Shape>>) => Choice,
): Family<Choice> {
  return {
    summary,
    source,
    options,
    create: (name, spelled) => create(name, options.parse(spelled)),
  };
}

/**
 * An option that is a number.
 *
 * @param rule what must hold, `must be …`
 */
export function numberOption(rule: string, holds: (value: number) => boolean, initial: number) {
  return z
    .string()
    .transform((text) => (text.trim() === '' ? Number.NaN : Number(text)))
    .refine((value) => Number.isFinite(value) && holds(value), { error: rule })
    .default(initial);
}

/** An option that is a number from 0 to 1. */
export const shareOption = (initial: number) =>
  numberOption('must be a number from 0 to 1', (value) => value >= 0 && value <= 1, initial);

/** An option that is a number above 0. */
export const positiveOption = (initial: number) =>
  numberOption('must be a number above 0', (value) => value > 0, initial);

/** An option that is a whole number from `least` on. */
export const countOption = (least: number, initial: number) =>
  numberOption(
    `must be a whole number from ${least}`,
    (value) => Number.isSafeInteger(value) && value >= least,
    initial,
  );
