import { errorText } from '../../src/studies/curves/words.ts';
import { intervalInWords, verdictInWords } from '../../src/studies/report/contrasts.ts';
import type { ShortenSummary } from '../../src/studies/shorten/summary.ts';
import { markdownTable, markdownText } from '../../src/text/markdown.ts';
import type { FoundStudy } from './found.ts';

/** What the studies of recipes say, one after the other: what was tried, and what fresh seeds say of the best. */
export function shortenBlock(studies: readonly FoundStudy[]): string {
  const tried = studies.filter(({ summary }) => summary && triedIn(summary).length > 0);
  if (tried.length === 0) return 'No recipe is tried yet.';
  return tried.map(({ name, summary }) => studyText(name, summary as ShortenSummary)).join('\n\n');
}

const triedIn = (summary: NonNullable<FoundStudy['summary']>) => (summary as ShortenSummary).tried;

function studyText(name: string, summary: ShortenSummary): string {
  const { data, runs, winner } = summary;
  const chosen = winner === null ? 'trials are still to come' : `the trials chose ${winner}`;
  return [
    `\`${name}\`, ${data.title}, ${runs[0].net}: ${chosen}.`,
    triedTable(summary),
    ...(summary.outcomes.length > 0 ? [testedTable(summary)] : []),
  ].join('\n\n');
}

const triedTable = ({ tried }: ShortenSummary): string =>
  markdownTable(
    ['recipe', 'validation error, %', 'trials', 'difference from plain', 'verdict'],
    tried.map(({ recipe, error, contrast }) => [
      ...[markdownText(recipe), errorText(error), String(error.count)],
      ...(contrast
        ? [intervalInWords(contrast, 'testError'), verdictInWords(contrast, 'testError')]
        : ['–', '–']),
    ]),
  );

/** The winner's difference stands in the row that it is held against. */
const testedTable = ({ outcomes, confirmations }: ShortenSummary): string =>
  markdownTable(
    ['with fresh seeds', 'epochs', 'test error, %', 'seeds', 'the winner less it', 'verdict'],
    outcomes.map(({ which, epochs, error }) => {
      const found = confirmations.find(({ against }) => against === which)?.contrast;
      return [
        ...[which, String(epochs), errorText(error), String(error.count)],
        found ? intervalInWords(found, 'testError') : '–',
        found ? verdictInWords(found, 'testError') : '–',
      ];
    }),
  );
