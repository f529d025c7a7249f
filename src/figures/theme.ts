import { classColours, classColoursOnDark } from './palette.ts';

/** The colours and the typeface of a figure. */
export interface Theme {
  background: string;
  ink: string;
  faint: string;
  rule: string;
  fontFamily: string;
  /** Of the classes. */
  classes: readonly string[];
}

/** What all figures share: explicit colours, so that a dark page around them changes nothing. */
export const theme: Theme = {
  background: '#ffffff',
  ink: '#1f2430',
  faint: '#667085',
  rule: '#d5dae2',
  fontFamily: "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif",
  classes: classColours,
};

/** The same on a dark ground, for screens. */
export const darkTheme: Theme = {
  ...theme,
  background: '#151a23',
  ink: '#e7eaf0',
  faint: '#9aa5b8',
  rule: '#313a49',
  classes: classColoursOnDark,
};

/** The letter under which a text speaks of the index-th panel: `(a)`, `(b)` … */
export function panelLetter(index: number): string {
  return `(${String.fromCharCode(97 + index)})`;
}
