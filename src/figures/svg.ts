import { visibleText } from '../text/visible.ts';
import { theme } from './theme.ts';

/** Attributes of an SVG element; those undefined are left out. */
export type Attributes = Record<string, string | number | undefined>;

/** An element with its children, which must be markup already. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(formatValue(value as string | number))}"`)
    .join('');
  const content = children.join('');
  return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`;
}

/** A line of text at (x, y), made visible and escaped. */
export function label(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(visibleText(content)));
}

/** A whole picture on its own background, with a title for those who cannot see it. */
export function picture(
  { width, height, title }: { width: number; height: number; title: string },
  ...children: string[]
): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${formatValue(width)} ${formatValue(height)}`,
    role: 'img',
    'font-family': theme.fontFamily,
    fill: theme.ink,
  };
  const background = element('rect', { width, height, fill: theme.background });
  return element(
    'svg',
    attributes,
    element('title', {}, escapeText(visibleText(title))),
    background,
    ...children,
  );
}

/** Text made safe between tags and within double quotes. */
export function escapeText(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}

function formatValue(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
}
