import {
  type Layout,
  layoutText,
  namedLayouts,
  parseLayout,
  type Step,
} from '../../../../src/nets/layouts.ts';

/** A step of the branch under an identity of its own, which it keeps when it moves. */
export interface PlacedStep {
  id: number;
  step: Step;
}

/** A branch while it is being laid out; it may be no valid layout yet. */
export interface Draft {
  steps: PlacedStep[];
  /** Whether a ReLU follows the addition. */
  reluAfter: boolean;
}

let created = 0;

/** A step that no draft has yet. */
export function placeStep(step: Step): PlacedStep {
  created += 1;
  return { id: created, step };
}

/** The draft of a layout given by name or by its steps. @throws RequestError */
export function draftOf(text: string): Draft {
  const { branch, after } = parseLayout(text);
  return { steps: branch.map(placeStep), reluAfter: after.length > 0 };
}

/** The draft as text: `bn relu conv + relu`. */
export function draftText({ steps, reluAfter }: Draft): string {
  const branch = steps.map(({ step }) => step);
  return layoutText({ branch, after: reluAfter ? ['relu'] : [] });
}

/** The layout that a text says, or why it says none. */
export function readLayout(text: string): { layout: Layout } | { reason: string } {
  try {
    return { layout: parseLayout(text) };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

/** The paper's name of the draft, if it has one. */
export function presetOf(draft: Draft): string | null {
  const text = draftText(draft);
  return Object.keys(namedLayouts).find((name) => namedLayouts[name] === text) ?? null;
}

/** The steps with one of them moved to another place; places outside mean the ends. */
export function moveStep(steps: readonly PlacedStep[], from: number, to: number): PlacedStep[] {
  const rest = steps.filter((_, index) => index !== from);
  const place = Math.min(rest.length, Math.max(0, to));
  return [...rest.slice(0, place), steps[from], ...rest.slice(place)];
}

/** A block's place on the page. */
export interface Middle {
  x: number;
  y: number;
}

/**
 * Where a block that is dragged to a point belongs among the others, in reading order.
 *
 * @param others middles of the other blocks, row by row
 * @param rowHeight how far blocks of one row may lie apart vertically
 */
export function placeFor(point: Middle, others: readonly Middle[], rowHeight: number): number {
  return others.filter(({ x, y }) => {
    if (y < point.y - rowHeight / 2) return true;
    return y < point.y + rowHeight / 2 && x < point.x;
  }).length;
}
