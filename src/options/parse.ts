import { RequestError } from '../errors.ts';
import { limits, pointerTo, shown } from '../limits.ts';
import type { Family } from './family.ts';

/** What is chosen: the field it stands in and the word for one, `mixing` and `law`. */
interface Subject {
  field: string;
  noun: string;
}

/** An option as it stands in the text, `key=value` from `column` on. */
interface Spelled {
  text: string;
  key: string;
  value: string;
  column: number;
}

/** Refuses the text, pointing at the part that does not fit. */
type Fail = (column: number, part: string, rule: string, remedy: string) => never;

/**
 * Reads a choice: the name of a family, then options after a colon, such as
 * `shake-shake:backward=keep,strength=0.5`. The choice is named by its canonical text: options at
 * their defaults left out, the others in the family's order.
 *
 * @throws RequestError pointing at the name, option or value that does not fit
 */
export function parseChoice<Choice>(
  { field, noun }: Subject,
  families: Record<string, Family<Choice>>,
  text: string,
): Choice {
  const fail: Fail = (column, part, rule, remedy) => {
    const pointer = pointerTo(text, column, part.length);
    throw new RequestError(`${field} '${shown(text)}': ${rule}; ${remedy}\n${pointer}`);
  };
  if (text.length > limits.text) {
    fail(0, text, `a ${noun} has at most ${limits.text} letters`, 'leave some out');
  }
  const [name] = text.split(':', 1);
  if (!Object.hasOwn(families, name)) {
    const names = Object.keys(families).join(', ');
    fail(0, name, `no ${noun} has this name`, `the ${noun}s are ${names}`);
  }
  const family = families[name];
  const spelled = name === text ? [] : spelledOptions(text, name.length + 1);
  checkKeys(name, spelled, Object.keys(family.options.shape), fail);
  const values = Object.fromEntries(spelled.map(({ key, value }) => [key, value]));
  checkValues(spelled, family, values, fail);
  return family.create(canonicalName(name, family, values), values);
}

function spelledOptions(text: string, start: number): Spelled[] {
  let column = start;
  return text
    .slice(start)
    .split(',')
    .map((part) => {
      const [key, ...rest] = part.split('=');
      const option = { text: part, key, value: rest.join('='), column };
      column += part.length + 1;
      return option;
    });
}

function checkKeys(name: string, spelled: Spelled[], keys: string[], fail: Fail): void {
  const remedy = keys.length > 0 ? `its options are ${keys.join(', ')}` : 'it takes none';
  const seen = new Set<string>();
  for (const option of spelled) {
    const stop = (rule: string, help: string) => fail(option.column, option.key, rule, help);
    if (!keys.includes(option.key)) stop(`${name} has no option '${shown(option.key)}'`, remedy);
    if (option.key === option.text) stop('an option needs a value', `write ${option.key}=…`);
    if (seen.has(option.key)) stop(`${option.key} is given twice`, 'leave out one');
    seen.add(option.key);
  }
}

function checkValues(
  spelled: Spelled[],
  { options }: Family<unknown>,
  values: Record<string, string>,
  fail: Fail,
): void {
  const issue = options.safeParse(values).error?.issues[0];
  const wrong = spelled.find(({ key }) => key === issue?.path[0]);
  if (!issue || !wrong) return;
  const column = wrong.column + wrong.key.length + 1;
  const rule =
    issue.code === 'invalid_value' ? `must be one of ${issue.values.join(', ')}` : issue.message;
  const initial = options.parse({})[wrong.key];
  fail(column, wrong.value, `${wrong.key} ${rule}`, `the default is ${initial}`);
}

/** The name with the options that differ from their defaults, in the options' own order. */
function canonicalName(
  name: string,
  { options }: Family<unknown>,
  values: Record<string, string>,
): string {
  const initial = options.parse({});
  const changed = Object.entries(options.parse(values))
    .filter(([key, value]) => value !== initial[key])
    .map(([key, value]) => `${key}=${value}`);
  return changed.length > 0 ? `${name}:${changed.join()}` : name;
}
