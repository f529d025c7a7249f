import type { ClassCount } from '../data/classCounts.ts';
import type { Reading } from '../data/format.ts';
import { columns, wholeNumber } from '../text/text.ts';
import { visibleText } from '../text/visible.ts';

/** One's own data: how they were read, and the samples of each class. */
export interface ReadClasses {
  reading: Reading;
  classes: readonly ClassCount[];
}

/**
 * What one's own data are, line by line: their classes with the samples of each split, the files that
 * were passed over, and what else is to be known.
 *
 * @param most classes that are shown, all if left out
 */
export function readingText({ reading, classes }: ReadClasses, most = classes.length): string[] {
  const splits = splitsOf(classes);
  const heading = [`  ${reading.holds}: class`, ...splits];
  const rows = classes
    .slice(0, most)
    .map(({ name, ...counts }) => [
      `  ${visibleText(name)}`,
      ...splits.map((split) => wholeNumber(counts[split] ?? 0)),
    ]);
  const more = classes.length > most ? [moreText(classes.slice(most), splits)] : [];
  const passedOver = reading.passedOver.map(
    ({ reason, count, example }) =>
      `  passed over: ${wholeNumber(count)} ${reason}, such as ${example}`,
  );
  const notes = reading.notes.map((note) => `  ${note}`);
  const alignments = ['left', ...splits.map(() => 'right' as const)] as const;
  return [columns([heading, ...rows], alignments), ...more, ...passedOver, ...notes];
}

type CountedSplit = 'train' | 'validation' | 'test';

function moreText(rest: readonly ClassCount[], splits: readonly CountedSplit[]): string {
  const samples = splits.map((split) => {
    const count = rest.reduce((sum, { [split]: own = 0 }) => sum + own, 0);
    return `${wholeNumber(count)} ${split}`;
  });
  return `  and ${wholeNumber(rest.length)} more classes (${samples.join(', ')}), which data check lists`;
}

const splitsOf = ([first]: readonly ClassCount[]): readonly CountedSplit[] =>
  first?.validation === undefined ? ['train', 'test'] : ['train', 'validation', 'test'];
