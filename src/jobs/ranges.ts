/** Ascending numbers as text, neighbours drawn together: `0-3,7,9-10`. */
export function rangesOf(numbers: readonly number[]): string {
  const ends: [first: number, last: number][] = [];
  for (const number of numbers) {
    const newest = ends.at(-1);
    if (newest?.[1] === number - 1) newest[1] = number;
    else ends.push([number, number]);
  }
  return ends.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** What a text of `rangesOf` must look like. */
export const rangesPattern = /^(\d+(-\d+)?(,\d+(-\d+)?)*)?$/;

/** The numbers of a text that `rangesOf` wrote. */
export function numbersIn(ranges: string): number[] {
  if (ranges === '') return [];
  return ranges.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, place) => first + place);
  });
}
