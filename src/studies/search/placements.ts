import { parseLayout } from '../../nets/layouts.ts';

/** The places of a two-conv branch where a batch norm may stand, in the order of the branch. */
export const slots = ['first', 'afterFirstRelu', 'middle', 'afterMiddleRelu', 'last'] as const;

export type Slot = (typeof slots)[number];

/** What a reader calls the places. */
export const slotTitles: Record<Slot, string> = {
  first: 'First in the branch',
  afterFirstRelu: 'Between the first ReLU and its conv',
  middle: 'Behind the first conv',
  afterMiddleRelu: 'Between the middle ReLU and its conv',
  last: 'Last, directly before the mix',
};

/** A step as a layout spells it. */
type Word = 'bn' | 'relu' | 'conv';

/** A branch with two convolutions: where its batch norms stand, and whether a ReLU comes first. */
export interface Placement {
  /** The layout's canonical name. */
  layout: string;
  norms: Slot[];
  firstRelu: boolean;
  /** Convolutions between the last batch norm and the mix; null without a batch norm. */
  distance: 0 | 1 | 2 | null;
}

/** Which places are tried: those before a ReLU and at the end, or those before a conv too. */
export const normChoices = ['before-relu', 'anywhere'] as const;

export type NormChoice = (typeof normChoices)[number];

/**
 * Every placement of batch norms in a two-conv branch, with and without the first ReLU, the middle
 * one always there: 16 with norms before ReLUs and at the end, 48 with norms anywhere. Where there
 * is no first ReLU, the first two places are one.
 */
export function placements(choice: NormChoice): Placement[] {
  return [true, false].flatMap((firstRelu) =>
    subsets(slotsOf(choice, firstRelu)).map((norms) => placementOf(norms, firstRelu)),
  );
}

function slotsOf(choice: NormChoice, firstRelu: boolean): Slot[] {
  if (choice === 'before-relu') return ['first', 'middle', 'last'];
  return slots.filter((slot) => firstRelu || slot !== 'afterFirstRelu');
}

function subsets(all: readonly Slot[]): Slot[][] {
  return all.reduce<Slot[][]>((found, slot) => found.flatMap((own) => [own, [...own, slot]]), [[]]);
}

function placementOf(norms: Slot[], firstRelu: boolean): Placement {
  const norm = (slot: Slot): Word[] => (norms.includes(slot) ? ['bn'] : []);
  const words: Word[] = [
    ...norm('first'),
    ...(firstRelu ? (['relu'] as const) : []),
    ...norm('afterFirstRelu'),
    'conv',
    ...norm('middle'),
    'relu',
    ...norm('afterMiddleRelu'),
    'conv',
    ...norm('last'),
  ];
  const layout = parseLayout(words.join(' ')).name;
  return { layout, norms, firstRelu, distance: distanceOf(words) };
}

function distanceOf(words: readonly Word[]): Placement['distance'] {
  const last = words.lastIndexOf('bn');
  if (last < 0) return null;
  return words.slice(last).filter((word) => word === 'conv').length as 0 | 1 | 2;
}
