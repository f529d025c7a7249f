import type { Comparison } from '../../../../src/server/resources/comparison.ts';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { Scroll } from '../../components/Scroll.tsx';
import { type Cell, csvText } from '../../export/csv.ts';
import { saveCsv } from '../../export/save.ts';

/** A column a model, its measures as mean ± sample deviation over its seeds. */
export function MeasuresCard({ measures, groups }: Pick<Comparison, 'measures' | 'groups'>) {
  return (
    <section class="card" aria-label="Measures">
      <header>
        <h2>
          Measures <span class="faint small">mean ± deviation over seeds</span>
        </h2>
        <ExportMenu
          name="measures"
          items={[
            { format: 'CSV', run: () => saveCsv('measures', measureTable(measures, groups)) },
          ]}
        />
      </header>
      <Scroll label="Table of measures">
        <table>
          <thead>
            <tr>
              <th>Measure</th>
              {groups.map(({ title, ids }) => (
                <th class="number" key={ids.join()}>
                  {title}
                  <br />
                  <span class="faint">{ids.length === 1 ? 'one run' : `${ids.length} runs`}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {measures.map(({ key, short, meaning, unit, digits }) => (
              <tr key={key}>
                <th scope="row" title={meaning}>
                  {short}
                  {unit && `, ${unit}`}
                </th>
                {groups.map(({ ids, statistics }) => (
                  <td class="number" key={ids.join()}>
                    {statisticText(statistics[key], digits)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

type Statistic = Comparison['groups'][number]['statistics'][string];

function statisticText(statistic: Statistic | undefined, digits: number): string {
  if (!statistic) return '–';
  const mean = statistic.mean.toFixed(digits).replace('-', '−');
  return statistic.deviation === null ? mean : `${mean} ± ${statistic.deviation.toFixed(digits)}`;
}

function measureTable(measures: Comparison['measures'], groups: Comparison['groups']): string {
  const heading = groups.flatMap(({ title }) => [title, `${title}, deviation`]);
  const rows = measures.map(({ key, title }): Cell[] => [
    title,
    ...groups.flatMap(({ statistics }) => [
      statistics[key]?.mean ?? null,
      statistics[key]?.deviation ?? null,
    ]),
  ]);
  return csvText(['measure', ...heading], rows);
}
