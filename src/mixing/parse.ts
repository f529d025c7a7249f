import { RequestError } from '../errors.ts';
import { even } from './even.ts';
import type { LawFamily, MixingLaw } from './law.ts';
import { shakeShake } from './shakeShake.ts';

/** Every law by name. */
const families: Record<string, LawFamily> = {
  even,
  'shake-shake': shakeShake,
};

/** An option as it stands in the text, `key=value` from `column` on. */
interface Spelled {
  text: string;
  key: string;
  value: string;
  column: number;
}

/**
 * Reads a mixing law: its name, then options after a colon, such as
 * `shake-shake:forward=shake,backward=keep,level=image,strength=0.5`.
 *
 * @throws RequestError pointing at the name, option or value that does not fit
 */
export function parseMixing(text: string): MixingLaw {
  const [name] = text.split(':', 1);
  if (!Object.hasOwn(families, name)) {
    const names = Object.keys(families).join(', ');
    fail(text, 0, name, 'no law has this name', `the laws are ${names}`);
  }
  const family = families[name];
  const spelled = name === text ? [] : spelledOptions(text, name.length + 1);
  checkKeys(text, name, spelled, Object.keys(family.options.shape));
  const values = Object.fromEntries(spelled.map(({ key, value }) => [key, value]));
  checkValues(text, spelled, family, values);
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

function checkKeys(text: string, name: string, spelled: Spelled[], keys: string[]): void {
  const remedy = keys.length > 0 ? `its options are ${keys.join(', ')}` : 'it takes none';
  const seen = new Set<string>();
  for (const option of spelled) {
    const stop = (rule: string, help: string) => fail(text, option.column, option.key, rule, help);
    if (!keys.includes(option.key)) stop(`${name} has no option '${option.key}'`, remedy);
    if (option.key === option.text) stop('an option needs a value', `write ${option.key}=…`);
    if (seen.has(option.key)) stop(`${option.key} is given twice`, 'leave out one');
    seen.add(option.key);
  }
}

function checkValues(
  text: string,
  spelled: Spelled[],
  family: LawFamily,
  values: Record<string, string>,
): void {
  const issue = family.options.safeParse(values).error?.issues[0];
  const wrong = spelled.find(({ key }) => key === issue?.path[0]);
  if (!issue || !wrong) return;
  const column = wrong.column + wrong.key.length + 1;
  const rule =
    issue.code === 'invalid_value' ? `must be one of ${issue.values.join(', ')}` : issue.message;
  const initial = family.options.parse({})[wrong.key];
  fail(text, column, wrong.value, `${wrong.key} ${rule}`, `the default is ${initial}`);
}

/** The name with the options that differ from their defaults, in the options' own order. */
function canonicalName(name: string, family: LawFamily, values: Record<string, string>): string {
  const initial = family.options.parse({});
  const changed = Object.entries(family.options.parse(values))
    .filter(([key, value]) => value !== initial[key])
    .map(([key, value]) => `${key}=${value}`);
  return changed.length > 0 ? `${name}:${changed.join()}` : name;
}

function fail(text: string, column: number, part: string, rule: string, remedy: string): never {
  const pointer = ' '.repeat(column) + '^'.repeat(Math.max(1, part.length));
  throw new RequestError(`mixing '${text}': ${rule}; ${remedy}\n  ${text}\n  ${pointer}`);
}
