import { html, type Markup } from './html.ts';

/** A drawn figure and what a reader needs beside it. */
export interface ReportFigure {
  /** File name under `figures/`, ending in `.png` or `.svg`. */
  file: string;
  content: Uint8Array | string;
  /** The SVG that a PNG was made of, kept beside it for print. */
  drawing?: string;
  /** Which section shows it. */
  section:
    | 'embeddings'
    | 'measures'
    | 'classes'
    | 'confusion'
    | 'learning'
    | 'augmentation'
    | 'blocks'
    | 'distance'
    | 'effects'
    | 'best';
  /** `wide` figures take the page's width; `half` ones stand in pairs where there is room. */
  width: 'wide' | 'half';
  title: string;
  caption: string;
  /** What the picture shows, for those who cannot see it. */
  alternative: string;
}

/** The figures of one section: wide ones first, then the pairs. */
export function figuresOf(
  figures: readonly ReportFigure[],
  section: ReportFigure['section'],
): Markup {
  const here = figures.filter((figure) => figure.section === section);
  const wide = here.filter(({ width }) => width === 'wide').map(figureElement);
  const half = here.filter(({ width }) => width === 'half').map(figureElement);
  return html`${wide.map((figure) => html`<div class="wide">${figure}</div>`)}
${half.length > 0 ? html`<div class="wide pair">${half}</div>` : ''}`;
}

function figureElement(figure: ReportFigure): Markup {
  return html`<figure id="${figure.file}">
<div class="${figure.width === 'wide' ? 'pan' : 'still'}"><img src="${dataUri(figure)}"
alt="${figure.alternative}"></div>
<figcaption><b>${figure.title}.</b> ${figure.caption}</figcaption>
</figure>`;
}

function dataUri({ file, content }: ReportFigure): string {
  const type = file.endsWith('.svg') ? 'image/svg+xml' : 'image/png';
  return `data:${type};base64,${Buffer.from(content).toString('base64')}`;
}
