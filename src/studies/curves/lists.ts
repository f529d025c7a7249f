import { option, RequestError } from '../../errors.ts';
import { parseLayout } from '../../nets/layouts.ts';
import { parseRecipe } from './recipes.ts';

/**
 * The entries of a list that an option gives as text, commas between them; none may stand there twice.
 *
 * @param usual what the message suggests
 * @throws RequestError naming the option
 */
export function entriesIn(name: string, text: string, usual: string): string[] {
  const found = text.split(',').map((entry) => entry.trim());
  if (found.every((entry) => entry !== '') && new Set(found).size === found.length) return found;
  throw new RequestError(
    `${option(name)} ${text}: must be different entries with commas between them; try ${usual}`,
  );
}

/** Numbers from small to large. @throws RequestError naming the option where one breaks the rule */
export function numbersIn(
  name: string,
  text: string,
  { holds, rule, usual }: { holds: (value: number) => boolean; rule: string; usual: string },
): number[] {
  const numbers = entriesIn(name, text, usual).map(Number);
  if (numbers.every(holds)) return numbers.sort((a, b) => a - b);
  throw new RequestError(
    `${option(name)} ${text}: must be numbers ${rule}, with commas between them; try ${usual}`,
  );
}

export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;

/** Layouts by their canonical names. */
export const layoutsIn = (text: string, usual: string): string[] =>
  entriesIn('layouts', text, usual).map((layout) => parseLayout(layout).name);

/** Recipes by their canonical names, the one that the others are held against first. */
export const recipesIn = (text: string, usual: string): string[] =>
  entriesIn('recipes', text, usual).map((recipe) => parseRecipe(recipe).name);
