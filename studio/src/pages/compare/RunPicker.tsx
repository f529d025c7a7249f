import { useState } from 'preact/hooks';
import { modelTitle } from '../../../../src/nets/titles.ts';
import { runs } from '../../api/live.ts';
import { StateBadge } from '../../components/StateBadge.tsx';
import { errorText } from '../../words/judgement.ts';
import { filterRuns } from '../runs/filter.ts';

interface RunPickerProps {
  picked: readonly string[];
  /** Titles of the runs picked, as far as they are known. */
  titles: ReadonlyMap<string, string>;
  pick(ids: string[]): void;
}

/** The picked runs as chips, and a list to pick more from. */
export function RunPicker({ picked, titles, pick }: RunPickerProps) {
  const named = new Map(runs.value?.map(({ id, name }) => [id, name]));
  return (
    <section class="card picker" aria-label="Runs to compare">
      <ul class="chips">
        {picked.map((id) => {
          const title = titles.get(id) ?? named.get(id) ?? id;
          return (
            <li key={id} class="chip" title={named.get(id)}>
              {title}
              <button
                type="button"
                class="quiet"
                aria-label={`Remove ${title}`}
                onClick={() => pick(picked.filter((other) => other !== id))}
              >
                ×
              </button>
            </li>
          );
        })}
        <li>
          <PickList picked={picked} pick={pick} open={picked.length === 0} />
        </li>
      </ul>
    </section>
  );
}

function PickList({ picked, pick, open }: Omit<RunPickerProps, 'titles'> & { open: boolean }) {
  const [search, setSearch] = useState('');
  const [openFirst] = useState(open);
  const list = filterRuns(runs.value ?? [], 'all', search).filter(({ config }) => config);
  const toggle = (id: string) =>
    pick(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id]);
  return (
    <details class="pick-list" open={openFirst}>
      <summary class="button">Add runs</summary>
      <div>
        <input
          type="search"
          aria-label="Search runs to compare"
          placeholder="Search"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        <ul>
          {list.map(({ id, name, state, config, best, lastEpoch }) => (
            <li key={id}>
              <label>
                <input type="checkbox" checked={picked.includes(id)} onChange={() => toggle(id)} />
                <span>
                  {name}
                  <small class="faint">{config && modelTitle(config)}</small>
                </span>
                <span class="number faint">{lastEpoch && errorText({ best, lastEpoch })}</span>
                <StateBadge state={state} />
              </label>
            </li>
          ))}
        </ul>
        {list.length === 0 && <p class="faint small">No run matches.</p>}
      </div>
    </details>
  );
}
