import type { RunConfig } from '../../runs/fields.ts';
import { exclude } from '../../training/regularisers.ts';
import { parseSetting } from '../tuning/space.ts';
import type { ShortenSettings } from './settings.ts';

/** Some of the changes together, by their places among the settings'; none of them is the plain recipe. */
export type Recipe = readonly number[];

/** What folders call a recipe: `plain`, `1+3`. */
export const keyOf = (recipe: Recipe): string =>
  recipe.length === 0 ? 'plain' : recipe.map((place) => place + 1).join('+');

/** A recipe in words: `plain`, `warm-up=0.05, ema=0.99`. */
export const titleOf = ({ changes }: ShortenSettings, recipe: Recipe): string =>
  recipe.length === 0 ? 'plain' : recipe.map((place) => changes[place]).join(', ');

/** The plain recipe with changes made to it. */
export function changedConfig({ config, changes }: ShortenSettings, recipe: Recipe): RunConfig {
  const made = recipe.map((place) => parseSetting(changes[place], config));
  return { ...config, ...Object.fromEntries(made) };
}

/** The plain recipe, and every change by itself. */
export const aloneRecipes = ({ changes }: ShortenSettings): Recipe[] => [
  [],
  ...changes.map((_, place) => [place]),
];

/** Whether two changes, by their places, do the same in two ways. */
const clash = ({ config, changes }: ShortenSettings, one: number, other: number): boolean => {
  const [key, otherKey] = [one, other].map((place) => parseSetting(changes[place], config)[0]);
  return exclude(key, otherKey);
};

/** All two changes that may be put together. */
export const pairs = (settings: ShortenSettings): Recipe[] =>
  settings.changes.flatMap((_, other) =>
    Array.from({ length: other }, (_, one) => [one, other]).filter(
      ([one]) => !clash(settings, one, other),
    ),
  );

/** Changes without those that exclude one of a lower error, or an earlier one of the same. */
export function compatible(
  settings: ShortenSettings,
  helped: Recipe,
  errorOf: (recipe: Recipe) => number,
): Recipe {
  const isBeaten = (place: number) =>
    helped.some((other) => {
      const difference = errorOf([other]) - errorOf([place]) || other - place;
      return clash(settings, other, place) && difference < 0;
    });
  return helped.filter((place) => !isBeaten(place));
}

/** Changes that helped by themselves: all of them together, and, of three or more, all but each one. */
export function togetherRecipes(helped: Recipe): Recipe[] {
  if (helped.length < 2) return [];
  const butOne = helped.map((left) => helped.filter((place) => place !== left));
  return helped.length === 2 ? [helped] : [helped, ...butOne];
}
