import { option, RequestError } from '../../errors.ts';
import { layoutText, parseLayout, type Step } from '../../nets/layouts.ts';
import type { RunConfig } from '../../runs/fields.ts';

/** A way to regularise, and how strongly. */
export interface Recipe {
  /** As it is written: `shaken`, `cutout=14`. */
  name: string;
  kind: RecipeKind;
  /** Null where the way has no strength. */
  strength: number | null;
}

/** What a recipe changes about a run; `even` is already its mixing. */
type Change = (config: RunConfig, strength: number) => Partial<RunConfig>;

/** Every recipe costs the same: a step computes both branches of every block, whatever blends them. */
const kinds = {
  plain: { usual: null, change: () => ({}) },
  shaken: { usual: null, change: ({ mixing }) => ({ mixing }) },
  dropout: { usual: 0.3, change: ({ layout }, rate) => ({ layout: withDropout(layout, rate) }) },
  cutout: { usual: 14, change: (_, side) => ({ cutout: side }) },
  mixup: { usual: 1, change: (_, alpha) => ({ mixup: alpha }) },
  decay: { usual: 1e-3, change: (_, weightDecay) => ({ weightDecay }) },
} satisfies Record<string, { usual: number | null; change: Change }>;

export type RecipeKind = keyof typeof kinds;

/** All of them, each as strong as it usually is. */
export const usualRecipes = Object.entries(kinds)
  .map(([name, { usual }]) => (usual === null ? name : `${name}=${usual}`))
  .join(',');

/**
 * Reads a recipe: its kind, and `=` with its strength where it has one.
 *
 * @throws RequestError for another kind, or a strength that is none
 */
export function parseRecipe(text: string): Recipe {
  const [kind, value, ...more] = text.trim().split('=');
  if (!Object.hasOwn(kinds, kind)) refuse(text, `is none of ${Object.keys(kinds).join(', ')}`);
  const { usual } = kinds[kind as RecipeKind];
  if (more.length > 0 || (usual === null && value !== undefined))
    refuse(text, usual === null ? 'has no strength' : 'has one strength');
  const strength = value === undefined ? usual : Number(value || Number.NaN);
  if (strength !== null && !(strength > 0)) refuse(text, 'needs a strength above 0');
  const name = strength === null ? kind : `${kind}=${strength}`;
  return { name, kind: kind as RecipeKind, strength };
}

/** The settings of a run with a layout and a recipe; `config.mixing` is the law that shakes. */
export function withRecipe(config: RunConfig, layout: string, recipe: Recipe): RunConfig {
  const change: Change = kinds[recipe.kind].change;
  const own = change({ ...config, layout }, recipe.strength ?? 0);
  return { ...config, layout, mixing: 'even', ...own };
}

/** The layout with dropout before its last convolution, where Wide ResNets have it. */
function withDropout(layout: string, rate: number): string {
  const { branch, after } = parseLayout(layout);
  const last = branch.findLastIndex(({ kind }) => kind === 'conv');
  const dropout: Step = { kind: 'dropout', rate };
  return parseLayout(layoutText({ branch: branch.toSpliced(last, 0, dropout), after })).name;
}

function refuse(text: string, rule: string): never {
  throw new RequestError(`${option('recipes')} ${text}: ${rule}; try ${usualRecipes}`);
}
