import type { Comparison } from '../../../../src/server/resources/comparison.ts';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { Scroll } from '../../components/Scroll.tsx';
import { type Cell, csvText } from '../../export/csv.ts';
import { saveCsv } from '../../export/save.ts';

interface VerdictsCardProps {
  comparison: Comparison;
  /** Of the groups, in their order. */
  titles: readonly string[];
}

type Difference = Comparison['differences'][number];

const headings = ['Difference', '95\u202f%', 'Simultaneous', 'Adjusted p', 'Effect'] as const;

/** Each model's measures less those of the first one picked, and whether seeds tell them apart. */
export function VerdictsCard({ comparison, titles }: VerdictsCardProps) {
  const { differences, measures } = comparison;
  const [first, ...others] = titles;
  return (
    <section class="card" aria-label="Verdicts">
      <header>
        <h2>
          Differences from {first} <span class="faint small">each measure is a family</span>
        </h2>
        <ExportMenu
          name="verdicts"
          items={[
            { format: 'CSV', run: () => saveCsv('verdicts', verdictTable(comparison, titles)) },
          ]}
        />
      </header>
      <Scroll label="Table of differences">
        <table class="verdicts">
          <thead>
            <tr>
              <th>Measure</th>
              {others.length > 1 && <th>Model</th>}
              {headings.map((heading) => (
                <th class="number" key={heading}>
                  {heading}
                </th>
              ))}
              <th>Verdict</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((one) => {
              const { short, unit, digits } = measures.find(({ key }) => key === one.measure)!;
              return (
                <tr key={`${one.measure} ${one.group}`}>
                  <th scope="row">
                    {short}
                    {unit && `, ${unit}`}
                  </th>
                  {others.length > 1 && <td>{titles[one.group]}</td>}
                  {numbersOf(one, digits).map((text, column) => (
                    <td class="number" key={headings[column]}>
                      {text}
                    </td>
                  ))}
                  <td class={one.contrast.sign ? 'apart' : 'faint'}>{one.verdict}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p class="faint small">
        Adjusted p is Holm’s, over the models of a measure; simultaneous intervals hold all at once.
        The effect is in deviations of the seeds: d of paired seeds, g of others.
      </p>
    </section>
  );
}

function numbersOf({ contrast }: Difference, digits: number): string[] {
  const { difference, halfWidth, simultaneous, adjusted, effect, test } = contrast;
  const width = (value: number | null) => (value === null ? '–' : `± ${value.toFixed(digits)}`);
  return [
    signed(difference, digits),
    width(halfWidth),
    width(simultaneous),
    adjusted === null ? '–' : adjusted < 0.001 ? '< 0.001' : adjusted.toFixed(3),
    effect === null ? '–' : `${test === 'paired' ? 'd' : 'g'} = ${signed(effect, 1)}`,
  ];
}

const signed = (value: number | null, digits: number): string =>
  value === null ? '–' : value.toFixed(digits).replace('-', '−');

function verdictTable({ differences }: Comparison, titles: readonly string[]): string {
  const rows = differences.map(({ measure, group, contrast, verdict }): Cell[] => {
    const { difference, halfWidth, simultaneous, probability, adjusted, effect } = contrast;
    const numbers = [difference, halfWidth, simultaneous, probability, adjusted, effect];
    return [measure, titles[group], titles[0], ...numbers, verdict];
  });
  const names = ['difference', 'half_width', 'simultaneous', 'p', 'adjusted_p', 'effect'];
  return csvText(['measure', 'model', 'against', ...names, 'verdict'], rows);
}
