/** Text that is HTML already: `html` inserts it as it is and escapes everything else. */
export interface Markup {
  readonly markup: string;
}

/** What a template may hold. */
export type Insertable = Markup | string | number | readonly Insertable[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for an element's content and for a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

/** Template tag: escapes every inserted string, joins lists, leaves `Markup` untouched. */
export function html(parts: TemplateStringsArray, ...inserted: Insertable[]): Markup {
  const markup = parts.reduce((text, part, k) => text + insert(inserted[k - 1]) + part);
  return { markup };
}

/** Declares text written by the project itself, a style sheet for instance, to be HTML. */
export function trusted(markup: string): Markup {
  return { markup };
}

function insert(value: Insertable): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('markup' in value) return value.markup;
  return value.map(insert).join('');
}
