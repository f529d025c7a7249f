import { configFields } from '../../../../src/runs/fields.ts';
import type { Comparison } from '../../../../src/server/resources/comparison.ts';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { Note } from '../../components/Notice.tsx';
import { Scroll } from '../../components/Scroll.tsx';
import { csvText } from '../../export/csv.ts';
import { saveCsv } from '../../export/save.ts';

interface DifferenceCardProps {
  comparison: Comparison;
  titles: readonly string[];
}

/** The settings in which the runs differ; all others are the same. */
export function DifferenceCard(props: DifferenceCardProps) {
  const { differing, runs } = props.comparison;
  return (
    <section class="card" aria-label="Differences">
      <header>
        <h2>
          Differing settings <span class="faint small">all others are the same</span>
        </h2>
        {differing.length > 0 && (
          <ExportMenu
            name="differences"
            items={[{ format: 'CSV', run: () => saveCsv('differences', differenceTable(props)) }]}
          />
        )}
      </header>
      {differing.length === 0 && <Note>The runs have the same settings.</Note>}
      {differing.length > 0 && (
        <Scroll label="Table of differing settings">
          <table>
            <thead>
              <tr>
                <th>Setting</th>
                {runs.map(({ id, name }, i) => (
                  <th key={id}>{props.titles[i] ?? name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differing.map(({ key, values }) => (
                <tr key={key}>
                  <th scope="row">{configFields[key].flag}</th>
                  {values.map((value, i) => (
                    <td key={runs[i].id}>
                      <code>{value === null ? '–' : String(value)}</code>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function differenceTable({ comparison: { differing, runs }, titles }: DifferenceCardProps): string {
  const heading = ['setting', ...runs.map(({ name }, i) => titles[i] ?? name)];
  return csvText(
    heading,
    differing.map(({ key, values }) => [configFields[key].flag, ...values]),
  );
}
