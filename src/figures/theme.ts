/** What all figures share: explicit colours, so that a dark page around them changes nothing. */
export const theme = {
  background: '#ffffff',
  ink: '#1f2430',
  faint: '#667085',
  rule: '#d5dae2',
  fontFamily: "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif",
} as const;

/** The letter under which a text speaks of the index-th panel: `(a)`, `(b)` … */
export function panelLetter(index: number): string {
  return `(${String.fromCharCode(97 + index)})`;
}
