import { z } from 'zod';
import type { ImageKind } from '../data/dataset.ts';
import { RequestError } from '../errors.ts';
import { drawBlock } from '../figures/blocks.ts';
import { layoutText, parseLayout } from '../nets/layouts.ts';
import { parseConfig } from '../runs/config.ts';
import { describeRun } from '../runs/describe.ts';
import type { RunConfig } from '../runs/fields.ts';
import { configSchema, whole } from './schemas.ts';

/** A net that can be built, or why it cannot. */
export const descriptionSchema = z
  .discriminatedUnion('valid', [
    z.object({
      valid: z.literal(true),
      /** Complete and under canonical names. */
      config: configSchema,
      /** The steps of a branch in order, and those after the addition. */
      layout: z.object({ branch: z.array(z.string()), after: z.array(z.string()) }),
      parameters: whole,
      /** Multiply-accumulates forward an image. */
      macs: whole,
      /** Memory that training takes. */
      arenaBytes: whole,
      blocks: z.array(
        z.object({
          name: z.string(),
          branches: whole,
          in: whole,
          out: whole,
          stride: whole,
          parameters: whole,
          macs: whole,
        }),
      ),
      /** The block in the manner of the paper's Fig. 2, as SVG. */
      figure: z.string(),
    }),
    z.object({ valid: z.literal(false), reason: z.string() }),
  ])
  .meta({ id: 'Description' });

export type Description = z.infer<typeof descriptionSchema>;

/** The net of a config as the studio shows it, or why there is none. @param images as of `describeRun` */
export function description(values: Partial<RunConfig>, images?: ImageKind): Description {
  try {
    const config = parseConfig(values);
    const { listing: _, ...numbers } = describeRun(config, images);
    return {
      ...{ valid: true, config, ...numbers },
      layout: wordsOf(config.layout),
      figure: figureOf(config),
    };
  } catch (error) {
    if (error instanceof RequestError) return { valid: false, reason: error.message };
    throw error;
  }
}

/** A layout's steps as words, in the branches and after the addition. */
function wordsOf(layout: string): { branch: string[]; after: string[] } {
  const { branch, after } = parseLayout(layout);
  return { branch: layoutText({ branch, after: [] }).split(' '), after };
}

function figureOf({ layout, mixing, net }: RunConfig): string {
  const branches = Number(/-(\d+)x/.exec(net)?.[1] ?? 2);
  const shaken = mixing === 'even' ? 'none' : 'shake';
  return drawBlock({ layout: parseLayout(layout), branches, mixing: shaken, title: layout });
}
