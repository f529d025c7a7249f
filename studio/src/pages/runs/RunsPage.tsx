import './runs.css';
import { useState } from 'preact/hooks';
import { problem, runs } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { Empty } from '../../components/Notice.tsx';
import { Switch } from '../../components/Switch.tsx';
import { hrefOf } from '../../state/route.ts';
import { filterRuns, type StateGroup, stateGroups } from './filter.ts';
import { OrderChoice } from './OrderChoice.tsx';
import { RunTable } from './RunTable.tsx';

const groupNames = Object.keys(stateGroups) as StateGroup[];

/** Every run of the folder, to look for, to open and to pick for a comparison. */
export function RunsPage() {
  const [group, setGroup] = useState<StateGroup>('all');
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const list = runs.value;
  const shown = list ? filterRuns(list, group, search, order) : [];
  return (
    <>
      <div class="heading">
        <div>
          <h1>Runs</h1>
          <p class="faint small">
            {list ? `${list.length} in ` : 'Looking into '}
            <code>{session.value?.folder ?? '…'}</code>
          </p>
        </div>
        <div class="row">
          <CompareLink picked={[...picked]} />
          <a class="button primary" href={hrefOf({ page: 'layouts', layout: null })}>
            New run
          </a>
        </div>
      </div>
      {list && list.length > 0 && (
        <div class="row filters">
          <input
            type="search"
            aria-label="Search runs"
            placeholder="Search, or testError<2 tags=paper"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
          <OrderChoice order={order} choose={setOrder} />
          <Switch
            label="States"
            options={groupNames.map((name) => [name, name] as const)}
            value={group}
            choose={(next) => setGroup(next)}
          />
        </div>
      )}
      {list?.length === 0 && <NoRuns />}
      {list && list.length > 0 && shown.length === 0 && (
        <Empty title="No run matches">
          <p>Search for something else, or show all states.</p>
        </Empty>
      )}
      {shown.length > 0 && <RunTable runs={shown} picked={picked} pick={setPicked} />}
      {!list && !problem.value && <div class="card skeleton" aria-busy="true" />}
    </>
  );
}

function CompareLink({ picked }: { picked: string[] }) {
  if (picked.length === 0) return null;
  return (
    <a class="button" href={hrefOf({ page: 'compare', ids: picked })}>
      Compare {picked.length} {picked.length === 1 ? 'run' : 'runs'}
    </a>
  );
}

function NoRuns() {
  return (
    <Empty title="No runs yet">
      <p>
        Lay out a residual block and start training it: on the built-in digits the first points move
        within a few seconds.
      </p>
      <a class="button primary" href={hrefOf({ page: 'layouts', layout: null })}>
        Start a run
      </a>
      <p class="small">
        Runs of the terminal appear here too: <code>shakelab train --dataset digits --out …</code>
      </p>
    </Empty>
  );
}
