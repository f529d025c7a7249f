import { partTitles } from './figures.ts';
import { type Effect, lawsOf } from './findings.ts';
import type { SearchSummary } from './summary.ts';

/** A question of the paper and what the search says to it. */
export interface Answer {
  question: string;
  text: string;
}

/** What the first round says to the paper's title, law by law. */
export function answers(summary: SearchSummary): Answer[] {
  return lawsOf(summary.rounds[0].outcomes).map((mixing) => ({
    question: `With ${mixing === 'even' ? 'even mixing' : mixing}:`,
    text: answerFor(summary.effects.filter((effect) => effect.mixing === mixing)),
  }));
}

function answerFor(effects: readonly Effect[]): string {
  const last = effects.find(({ of }) => of === 'last')!;
  const others = effects.filter(({ of }) => of !== 'last' && of !== 'firstRelu');
  const strongest = [...others].sort((a, b) => a.difference.mean - b.difference.mean)[0];
  const relation = last.difference.mean < strongest.difference.mean ? 'more than' : 'no more than';
  return (
    `a batch norm directly before the mix ${changeWords(last)}; on average that is ${relation} the best of the ` +
    `other places (“${partTitles[strongest.of]}”), where it ${changeWords(strongest)}.`
  );
}

/** `lowers the error by 4.20 ± 1.10 points`, or that nothing can be told. */
function changeWords(effect: Effect): string {
  const { difference, simultaneous = null, distinct, atChance } = effect;
  const { mean } = difference;
  if (atChance === difference.count)
    return 'changes nothing that can be judged: all nets stay at chance';
  const width = simultaneous === null ? '' : ` ± ${simultaneous.toFixed(2)}`;
  const size = `${Math.abs(mean).toFixed(2)}${width}`;
  const sign = mean < 0 ? '−' : '';
  if (distinct === null) return `changes the error by ${sign}${size} points, untested`;
  if (!distinct) return `makes no difference that can be told (${sign}${size} points)`;
  return `${mean < 0 ? 'lowers' : 'raises'} the error by ${size} points`;
}
