/** Stands in for linkedom on the page, where src/figures draws into the page's own document. */
export function parseHTML(): { document: Document } {
  return { document };
}
