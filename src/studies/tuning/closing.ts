import { columns, percent } from '../../text/text.ts';
import { errorOf } from '../halving.ts';
import { choiceTitle } from './space.ts';
import type { TuningSummary } from './summary.ts';
import { restOf, settingTitle, shareInWords, verdictInWords } from './words.ts';

/** Candidates that a terminal shows of the last round. */
const shown = 5;

/** What each setting explains, and the best combinations of the last round that is trained. */
export function closingTables({ importance, rounds }: TuningSummary): string {
  const rows = importance.map((one) => [
    settingTitle(one.setting),
    shareInWords(one.all?.explained),
    shareInWords(one.all?.corrected),
    one.adjusted === null ? 'n/a' : one.adjusted.toFixed(3),
    verdictInWords(one),
  ]);
  const rest = ['together, and seeds', shareInWords(restOf(importance)), '', '', ''];
  const headings = ['setting', 'of variance', 'corrected', 'adjusted p', ''];
  const table = columns([headings, ...rows, rest], ['left', 'right', 'right', 'right', 'left']);
  const last = rounds[rounds.length - 1];
  const best = last.outcomes
    .slice(0, shown)
    .map((outcome) => [percent(errorOf(outcome)), choiceTitle(outcome.choice)]);
  return `${table}\n\nbest of round ${last.number}, by validation error:\n${columns(best, ['right', 'left'])}`;
}
