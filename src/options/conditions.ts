import { RequestError } from '../errors.ts';
import { shown } from '../limits.ts';

/** Something that rows of a list have under a name: null where a row has none. */
export type RowValue = string | number | boolean | null | readonly string[];

export type Row = Readonly<Record<string, RowValue>>;

const relations = ['<=', '>=', '!=', '=', '<', '>', '~'] as const;

/** What must hold of a row: `testError<2`, `mixing~shake`, `tags=baseline`. */
export interface Condition {
  key: string;
  relation: (typeof relations)[number];
  text: string;
}

const pattern = new RegExp(`^\\s*([A-Za-z]\\w*)\\s*(${relations.join('|')})\\s*(.*?)\\s*$`);

/** The condition that a text states, or null where it states none. */
export function conditionIn(text: string): Condition | null {
  const [, key, relation, value] = pattern.exec(text) ?? [];
  return key === undefined
    ? null
    : { key, relation: relation as Condition['relation'], text: value };
}

/** The condition that a text states. @throws RequestError where it states none */
export function parseCondition(text: string): Condition {
  const condition = conditionIn(text);
  if (condition) return condition;
  throw new RequestError(
    `condition '${shown(text)}': must be a name, one of ${relations.join(' ')} and a value; try 'testError<2'`,
  );
}

/**
 * Whether a condition holds of a row. Values compare as numbers where both are, else as texts, whatever
 * their case; `~` asks whether a text is within. Of several values one will do; nothing holds of a missing
 * one but `!=`.
 */
export function holds({ key, relation, text }: Condition, row: Row): boolean {
  const value = row[key] ?? null;
  if (relation === '!=') return !holds({ key, relation: '=', text }, row);
  if (value === null) return false;
  const values = typeof value === 'object' ? value : [value];
  return values.some((one) => relates(String(one).toLowerCase(), relation, text.toLowerCase()));
}

function relates(value: string, relation: Condition['relation'], asked: string): boolean {
  if (relation === '~') return value.includes(asked);
  const difference = compared(value, asked);
  return (
    (difference === 0 && relation.includes('=')) ||
    (difference < 0 && relation.includes('<')) ||
    (difference > 0 && relation.includes('>'))
  );
}

function compared(one: string, other: string): number {
  const numbers = [one, other].map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  if (!numbers.some(Number.isNaN)) return numbers[0] - numbers[1];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Rows by one of their values, those without it last; `-name` the other way round. Rows alike keep their order. */
export function sortedBy<Item>(
  items: readonly Item[],
  order: string,
  rowOf: (item: Item) => Row,
): Item[] {
  const down = order.startsWith('-');
  const key = order.slice(down ? 1 : 0);
  const valued = items.map((item) => ({ item, value: rowOf(item)[key] ?? null }));
  const [there, missing] = [
    valued.filter((v) => v.value !== null),
    valued.filter((v) => v.value === null),
  ];
  there.sort((a, b) => (down ? -1 : 1) * compared(`${a.value}`, `${b.value}`));
  return [...there, ...missing].map(({ item }) => item);
}
