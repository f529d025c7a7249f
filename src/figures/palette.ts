/**
 * Ten class colours: blue and vermilion of Okabe and Ito's set for the colour-blind, which ends at
 * eight with a black and a pale yellow that do not suit clouds of thin points, extended by eight
 * found by a search that maximised the smallest OKLab distance of any two, over normal vision and
 * simulated protanopia, deuteranopia and tritanopia (Machado et al. 2009), with lightness held to
 * 0.3–0.8 so that all show on white. Smallest distance 0.11; the usual ten of plotting programs
 * have 0.007. Dark and light alternate, so neighbouring digits differ in lightness too.
 */
export const classColours: readonly string[] = [
  '#0072b2',
  '#aacc66',
  '#aa2266',
  '#66cccc',
  '#d55e00',
  '#440066',
  '#00aa88',
  '#662200',
  '#aa88ee',
  '#4422aa',
];

/**
 * The class colours for a dark ground: close to the same hues, found by the same search with
 * lightness held to 0.5–0.93. Smallest distance 0.13.
 */
export const classColoursOnDark: readonly string[] = [
  '#9dbdff',
  '#e2f23f',
  '#b6143c',
  '#92fbee',
  '#efae7d',
  '#883e9c',
  '#1f9995',
  '#d86d16',
  '#a878fc',
  '#611af7',
];

/** How a model's line looks; colour and dash both tell models apart. */
export interface LineStyle {
  colour: string;
  /** SVG stroke-dasharray; empty for a solid line. */
  dash: string;
}

const dashes = ['', '7 3', '2 2.5', '9 3 2 3', '14 3', '4 6'];

const lineStyles: readonly LineStyle[] = [
  { colour: '#0072b2', dash: '' },
  { colour: '#d55e00', dash: '7 3' },
  { colour: '#009e73', dash: '2 2.5' },
  { colour: '#882f7a', dash: '9 3 2 3' },
  { colour: '#e69f00', dash: '' },
  { colour: '#56b4e9', dash: '7 3' },
  { colour: '#333333', dash: '2 2.5' },
  { colour: '#8a7a00', dash: '9 3 2 3' },
];

/** The colour of a class; from the eleventh on they repeat. */
export function classColour(index: number, colours: readonly string[] = classColours): string {
  return colours[index % colours.length];
}

/** The line of the index-th model of a figure. */
export function modelStyle(index: number): LineStyle {
  return lineStyles[index % lineStyles.length];
}

/** The line of the index-th class of a figure: solid for ten colours, then dashed in the same ones. */
export function classStyle(index: number): LineStyle {
  const dash = dashes[Math.floor(index / classColours.length) % dashes.length];
  return { colour: classColour(index), dash };
}
