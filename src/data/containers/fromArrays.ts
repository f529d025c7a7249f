import { arrayText, isNumeric, type StoredArray } from './arrays.ts';
import type { ContainerOptions, Contents, PixelPart, SplitName } from './contents.ts';
import { askedField, fieldOption, type Role, readFieldName } from './fields.ts';
import { readLabels } from './labels.ts';
import { readPixels } from './pixels.ts';
import { refusal } from './refusal.ts';

/** The arrays of one split. */
interface Pair {
  split: SplitName | null;
  picture: StoredArray;
  /** null where none are needed */
  label: StoredArray | null;
}

/** What a container adds to its arrays. */
export interface ArrayContainer {
  /** the format, such as `npz` */
  container: string;
  arrays: StoredArray[];
  classNames?: string[] | null;
  notes?: string[];
}

/**
 * Reads the pictures and labels of a container of arrays. Which array is which, their names tell
 * (`x_train`, `train_images`, `labels`, …), in any order; else, where there are but two, their shapes.
 *
 * @param subject the file, for errors
 * @throws RequestError naming file and array where that does not tell, and as pixels and labels do
 */
export async function contentsOfArrays(
  { container, arrays, classNames = null, notes = [] }: ArrayContainer,
  options: ContainerOptions,
  subject: string,
): Promise<Contents> {
  const pairs = pairsOf(arrays, options, subject);
  const parts: PixelPart[] = [];
  const said = [...notes, ...unused(arrays, pairs)];
  for (const pair of pairs) {
    const { part, note } = await readPair(pair, options, subject);
    parts.push(part);
    if (note) said.push(note);
  }
  refuseOtherForms(pairs, parts, subject);
  return {
    schema: {
      container,
      picture: `${pairs.map(({ picture }) => fieldText(picture)).join(', ')} of ${formText(parts[0])}`,
      label: pairs.map(({ label }) => (label ? fieldText(label) : 'none')).join(', '),
      split: pairs.map(({ split, picture }) => `${picture.name} is ${split ?? 'all'}`).join(', '),
      classes: classNames ? 'class names from the file' : 'classes are the different labels',
      notes: said,
    },
    classNames,
    parts,
  };
}

async function readPair(
  { split, picture, label }: Pair,
  options: ContainerOptions,
  subject: string,
) {
  const pixels = await readPixels(picture, options, subject);
  if (!label) {
    const labels = new Array<number>(pixels.count).fill(0);
    return { part: { kind: 'pixels', split, pixels, labels } satisfies PixelPart, note: null };
  }
  const { labels, note } = await readLabels(label, subject);
  if (pixels.count !== labels.length) {
    throw refusal(
      subject,
      `${arrayText(picture)} has ${pixels.count} pictures, ${arrayText(label)} ${labels.length} labels`,
      'keep as many labels as pictures',
    );
  }
  return { part: { kind: 'pixels', split, pixels, labels } satisfies PixelPart, note };
}

function pairsOf(arrays: StoredArray[], options: ContainerOptions, subject: string): Pair[] {
  const names = arrays.map(({ name }) => name);
  const named = (role: Role) => {
    const asked = options[role];
    if (asked !== undefined) askedField(role, asked, names, subject);
    return arrays.flatMap((array) => {
      const said = readFieldName(array.name);
      const fits = asked === undefined ? said.role === role : array.name === asked;
      return fits ? [{ split: said.split, array }] : [];
    });
  };
  const [pictures, labels] = [named('picture'), named('label')];
  if (pictures.length + labels.length === 0) return byShape(arrays, options, subject);
  if (pictures.length === 0) throw lacking('pictures', 'picture', arrays, subject);
  if (options.unlabelled)
    return pictures.map(({ split, array: picture }) => ({ split, picture, label: null }));
  return pictures.map(({ split, array }) => {
    const own = partners(
      array.name,
      labels.filter((label) => options.label !== undefined || label.split === split),
    );
    const twice = pictures.filter((other) => other.split === split).length > 1;
    if (own.length !== 1 || twice)
      throw lacking(`labels of ${array.name}`, 'label', arrays, subject);
    return { split, picture: array, label: own[0].array };
  });
}

/** Of several arrays called labels the one that goes with the pictures by custom, `X` with `y`. */
function partners<Named extends { array: StoredArray }>(picture: string, labels: Named[]): Named[] {
  const custom = { x: 'y', images: 'labels', image: 'label', data: 'target' }[
    picture.toLowerCase()
  ];
  const usual = labels.filter(({ array }) => array.name.toLowerCase() === custom);
  return labels.length > 1 && usual.length === 1 ? usual : labels;
}

/** Without any telling name: two arrays, of which one has one value a picture; or pictures alone. */
function byShape(arrays: StoredArray[], { unlabelled }: ContainerOptions, subject: string): Pair[] {
  const isLabel = ({ shape }: StoredArray) => shape.slice(1).every((size) => size === 1);
  const labels = arrays.filter(isLabel);
  const pictures = arrays.filter((array) => !isLabel(array) && isNumeric(array.element));
  if (unlabelled && pictures.length === 1)
    return [{ split: null, picture: pictures[0], label: null }];
  if (arrays.length === 2 && labels.length === 1 && pictures.length === 1) {
    return [{ split: null, picture: pictures[0], label: labels[0] }];
  }
  throw lacking('pictures', 'picture', arrays, subject);
}

function lacking(what: string, role: Role, arrays: StoredArray[], subject: string) {
  const found = arrays.map(arrayText).join('; ') || 'nothing';
  return refusal(
    subject,
    `which array holds the ${what} cannot be told; it holds ${found}`,
    `call them images and labels, x_train and y_train or the like, or name one by ${fieldOption(role)}`,
  );
}

function unused(arrays: StoredArray[], pairs: Pair[]): string[] {
  const used = new Set(pairs.flatMap(({ picture, label }) => [picture, ...(label ? [label] : [])]));
  const rest = arrays.filter((array) => !used.has(array));
  return rest.length > 0 ? [`not read: ${rest.map(arrayText).join('; ')}`] : [];
}

function refuseOtherForms(pairs: Pair[], parts: PixelPart[], subject: string): void {
  const other = parts.findIndex((part) => formText(part) !== formText(parts[0]));
  if (other < 0) return;
  throw refusal(
    subject,
    `${pairs[0].picture.name} holds pictures that are ${formText(parts[0])}, ` +
      `${pairs[other].picture.name} ${formText(parts[other])}`,
    'bring all to one form',
  );
}

const fieldText = ({ name, element, shape }: StoredArray): string =>
  `field ${name} (${element.name} [${shape.join(', ')}])`;

const formText = ({ pixels: { channels, height, width } }: PixelPart): string =>
  `${height}x${width}, ${channels === 1 ? 'grey' : `${channels} channels`}`;
