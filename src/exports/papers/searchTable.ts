import { z } from 'zod';
import type { DocumentKind } from '../../files/document.ts';
import { estimate } from '../../statistics/estimate.ts';
import { armTitle } from '../../studies/search/rounds.ts';
import { summaryKind } from '../../studies/summary.ts';
import { choiceTitle, variedKeys } from '../../studies/tuning/space.ts';
import { plural } from '../../text/text.ts';
import type { PaperTable } from './paperTable.ts';

const errors = z.array(z.number()).min(1);
const valueSchema = z.union([z.string(), z.number(), z.null()]);

/** What was tried: a layout with a law, or settings. */
const outcomeSchema = z.union([
  z.object({ errors, layout: z.string(), mixing: z.string() }),
  z.object({ errors, choice: z.partialRecord(z.enum(variedKeys), valueSchema) }),
]);

const searchSchema = z.object({
  title: z.string(),
  data: z.object({ title: z.string(), validation: z.number().optional() }),
  /** Those that are trained, each what was left of the one before. */
  rounds: z
    .array(z.object({ number: z.number(), epochs: z.number(), outcomes: z.array(outcomeSchema) }))
    .min(1),
});

type Outcome = z.infer<typeof outcomeSchema>;

/** What a table needs of the `summary.json` of a search. */
export type SearchRounds = z.infer<typeof searchSchema>;

export const searchKind: DocumentKind<SearchRounds> = { ...summaryKind, schema: searchSchema };

const titleOf = (outcome: Outcome): string =>
  'choice' in outcome ? choiceTitle(outcome.choice) : armTitle(outcome);

/**
 * All that a search tried and its error in each round that is trained: what came furthest first, and the best of
 * that. Nothing is marked as the best: the lowest of many errors is lower than what was tried deserves.
 */
export function searchTable({ title, data, rounds }: SearchRounds): PaperTable {
  const found = rounds.map(
    ({ outcomes }) => new Map(outcomes.map((own) => [titleOf(own), estimate(own.errors)])),
  );
  const reached = (name: string): number => found.filter((round) => round.has(name)).length;
  const lastError = (name: string): number => found[reached(name) - 1].get(name)!.mean;
  const names = [...found[0].keys()].sort(
    (one, other) => reached(other) - reached(one) || lastError(one) - lastError(other),
  );
  return {
    caption: captionOf({ title, data, rounds }),
    counted: 'Rounds',
    columns: rounds.map(({ epochs }) => ({ heading: `${plural(epochs, 'epoch')} (%)`, digits: 2 })),
    rows: names.map((name) => ({
      name,
      count: reached(name),
      cells: found.map((round) => ({ statistic: round.get(name) ?? null, best: false })),
    })),
    missing: '',
  };
}

function captionOf({ title, data, rounds }: SearchRounds): string {
  const seeds = rounds[0].outcomes[0].errors.length;
  const cells = seeds === 1 ? 'of one seed' : `mean ± sample deviation over ${seeds} seeds`;
  const error = data.validation === undefined ? 'Test error' : 'Validation error';
  return (
    `${title}, ${data.title}. ${error} of each round, a column each: ${cells}. ` +
    'What a round left out has no number in the next. Errors that were chosen by are too low for what was chosen; none is marked.'
  );
}
