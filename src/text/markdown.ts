import type { Alignment } from './text.ts';
import { visibleText } from './visible.ts';

/**
 * A table of GitHub's Markdown.
 *
 * @param rows cells whose pipes are escaped, see `markdownText`
 * @param alignments of the columns; to the left if not told
 */
export function markdownTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly (Alignment | undefined)[] = [],
): string {
  const rule = heading.map((_, column) => (alignments[column] === 'right' ? '---:' : '---'));
  return [heading, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text of others as it may stand in Markdown, in a table's cell too. */
export const markdownText = (text: string): string =>
  visibleText(text).replaceAll(/[|\\`]/g, '\\$&');
