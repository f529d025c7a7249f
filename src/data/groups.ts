import { plural, wholeNumber } from '../text/text.ts';
import { visibleText } from '../text/visible.ts';
import type { Split, SplitName } from './dataset.ts';

/** The value of `groupField` where samples are each for themselves. */
export const noGroups = 'none';

/** Numbers for the names of groups, in the order in which they are met, the same in all splits. */
export function groupNumbers(splits: readonly (readonly string[])[]): Uint32Array[] {
  const numbers = new Map<string, number>();
  return splits.map((names) =>
    Uint32Array.from(names, (name) => {
      const number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
      return number;
    }),
  );
}

/** The splits of a data set, as far as it has them. */
type Splits = { [Name in SplitName]?: Split | null };

/**
 * What a user should know of the groups, a sentence each: how many there are, classes that no division can
 * hold out, and groups that the data's own splits have on both sides. None of data without groups.
 */
export function groupNotes(splits: Splits, classNames: readonly string[]): string[] {
  const { groups, labels } = splits.train ?? {};
  if (!groups || !labels) return [];
  const count = new Set(groups).size;
  const counted = `${plural(count, 'group')} of ${wholeNumber(groups.length)} training samples, kept whole by folds and by what is held out`;
  return [counted, ...singleNotes(groups, labels, classNames), ...sharedNotes(groups, splits)];
}

function singleNotes(groups: Uint32Array, labels: Uint16Array, classNames: readonly string[]) {
  const found = classNames.map(() => new Set<number>());
  groups.forEach((group, sample) => {
    found[labels[sample]].add(group);
  });
  const single = classNames.filter((_, label) => found[label].size === 1).map(visibleText);
  if (single.length === 0) return [];
  const they = single.length === 1 ? 'the class lies' : 'the classes lie each';
  return [`${single.join(', ')}: ${they} in one group, and cannot be both trained and tested on`];
}

/** A group on both sides of a split lets a net know what it is tested on. */
function sharedNotes(groups: Uint32Array, splits: Splits): string[] {
  const trained = new Set(groups);
  return (['validation', 'test'] as const).flatMap((name) => {
    const shared = new Set(splits[name]?.groups?.filter((group) => trained.has(group)));
    if (shared.size === 0) return [];
    return [`trained on too: ${plural(shared.size, 'group')} of the ${name} split`];
  });
}
