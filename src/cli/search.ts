import { errorOf } from '../studies/halving.ts';
import type { SearchOptions } from '../studies/search/options.ts';
import { armTitle, type FinishedRound } from '../studies/search/rounds.ts';
import { runSearch, type SearchEvent } from '../studies/search/search.ts';
import { closingTables } from '../studies/tuning/closing.ts';
import { tuningStudy } from '../studies/tuning/tuning.ts';
import { columns, percent, plural } from '../text/text.ts';
import { follow, type LiveOptions } from './follow.ts';
import { openPace, type Progress } from './progress.ts';
import { RunsTally } from './runsTally.ts';
import { failedLine, followStudy } from './study.ts';

/** `shakelab search`: trains layouts, or settings, round by round and writes the report, whose path comes last. */
export function search(options: SearchOptions, json?: boolean): Promise<number> {
  if (options.vary !== undefined) return followStudy(tuningStudy, closingTables, options, json);
  const start = (live: LiveOptions) => runSearch({ ...options, ...live });
  return follow<SearchEvent>({ json, begins: 'run-start', start, reporter });
}

type EventOf<Kind extends SearchEvent['kind']> = Extract<SearchEvent, { kind: Kind }>;

/** Tells a search to a reader: a line a run, a bar over all rounds where there is a terminal. */
function reporter(progress: Progress): (event: SearchEvent) => void {
  const tally = new RunsTally(openPace());
  return (event) => {
    tally.note(event);
    for (const line of linesOf(event, tally.ended)) progress.line(line);
    const status = event.kind === 'training' ? tally.status(event) : null;
    if (status) progress.show(status);
  };
}

/** @param ended how many runs of the round have */
function linesOf(event: SearchEvent, ended: number): string[] {
  if (event.kind === 'note') return [event.text];
  if (event.kind === 'plan') return planLines(event);
  if (event.kind === 'round-start') return ['', `round ${event.round.number}`];
  if (event.kind === 'run-done') {
    const { run, validationError, testError, count } = event;
    return [
      `  ${String(ended).padStart(3)}/${count}  ${percent(validationError ?? testError)}  ${run.model}`,
    ];
  }
  if (event.kind === 'run-failed') return [failedLine(event)];
  if (event.kind === 'round-done') return bestLines(event.round);
  return event.kind === 'done' ? ['', event.summaryPath, event.reportPath] : [];
}

function planLines({ title, dataset, out, rounds, laws }: EventOf<'plan'>): string[] {
  const rows = rounds.map(({ number, layouts, epochs, seeds }) => [
    `round ${number}`,
    `${layouts} layouts × ${laws.length} laws (${laws.join(', ')})`,
    plural(seeds.length, 'seed'),
    plural(epochs, 'epoch'),
  ]);
  const heading = `${title} on ${dataset.title} (${dataset.source}), kept in ${out}`;
  return [heading, columns(rows, ['left', 'left', 'right', 'right'])];
}

function bestLines({ number, outcomes }: FinishedRound): string[] {
  const best = [...outcomes].sort((a, b) => errorOf(a) - errorOf(b)).slice(0, 5);
  const rows = best.map((outcome) => [`  ${armTitle(outcome)}`, percent(errorOf(outcome))]);
  return [`best of round ${number}:`, columns(rows, ['left', 'right'])];
}
