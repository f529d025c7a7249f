import './compare.css';
import { useEffect, useState } from 'preact/hooks';
import { api, json } from '../../api/client.ts';
import { Empty, Problem } from '../../components/Notice.tsx';
import { replaceRoute } from '../../state/route.ts';
import { useLoaded } from '../../state/useLoaded.ts';
import { CompactnessCard } from './CompactnessCard.tsx';
import { DifferenceCard } from './DifferenceCard.tsx';
import { EmbeddingsCard } from './EmbeddingsCard.tsx';
import { titledGroups } from './groups.ts';
import { MeasuresCard } from './MeasuresCard.tsx';
import { NetsCard } from './NetsCard.tsx';
import { RunPicker } from './RunPicker.tsx';
import type { Pointed, Selection } from './selection.ts';
import { TrayCard } from './TrayCard.tsx';
import { type Compared, useCompared } from './useCompared.ts';
import { VerdictsCard } from './VerdictsCard.tsx';

/** Some runs side by side: their embeddings, their compactness, their measures and settings. */
export function ComparePage({ ids }: { ids: string[] }) {
  const compared = useCompared(ids);
  const [selection, select] = useState<Selection | null>(null);
  const [hovered, hover] = useState<Pointed | null>(null);
  // What is marked belongs to the runs that were picked, however others are.
  useEffect(() => select(null), [ids.join()]);
  return (
    <>
      <div class="heading">
        <div>
          <h1>Compare</h1>
          <p class="faint small">The paper’s Figs 3, 4 and 5 for the runs you pick</p>
        </div>
      </div>
      <RunPicker
        picked={ids}
        titles={new Map(compared.details.map(({ id }, i) => [id, compared.titles[i]]))}
        pick={(next) => replaceRoute({ page: 'compare', ids: next })}
      />
      {compared.problems.map(({ title, message }) => (
        <Problem key={title}>
          {title}: {message}
        </Problem>
      ))}
      {ids.length === 0 && (
        <Empty title="Pick two runs or more">
          <p>Each becomes a column of the figures below, and a line of the compactness chart.</p>
        </Empty>
      )}
      {ids.length > 0 && (
        <>
          <EmbeddingsCard
            compared={compared}
            selection={selection}
            select={select}
            hovered={hovered}
            hover={hover}
          />
          {selection && (
            <TrayCard
              planes={compared.planes}
              selection={selection}
              hover={hover}
              clear={() => select(null)}
            />
          )}
          <Numbers ids={ids} compared={compared} />
        </>
      )}
    </>
  );
}

/** What the server measures, once the runs are embedded anyway. */
function Numbers({ ids, compared }: { ids: string[]; compared: Compared }) {
  const { titles, details } = compared;
  const settled = compared.pending.length === 0;
  const key = settled ? ids.join(',') : '';
  const { value, error } = useLoaded(key, (signal) =>
    key
      ? json(api.compare.$get({ query: { ids: key } }, { init: { signal } }))
      : Promise.resolve(null),
  );
  if (error) return <Problem>{error}</Problem>;
  if (!value || !settled) {
    return (
      <div class="card skeleton" aria-busy="true">
        <p class="faint small">Compactness and measures follow once every run is embedded.</p>
      </div>
    );
  }
  const groups = titledGroups(value, details);
  return (
    <>
      <div class="columns">
        <CompactnessCard comparison={value} titles={titles} />
        <MeasuresCard measures={value.measures} groups={groups} />
      </div>
      {groups.length > 1 && (
        <VerdictsCard comparison={value} titles={groups.map(({ title }) => title)} />
      )}
      {value.nets.length > 0 && <NetsCard comparison={value} titles={titles} />}
      <DifferenceCard comparison={value} titles={titles} />
    </>
  );
}
