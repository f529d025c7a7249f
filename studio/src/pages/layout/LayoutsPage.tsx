import './layouts.css';
import { useEffect, useState } from 'preact/hooks';
import { api, json } from '../../api/client.ts';
import { vocabulary } from '../../api/session.ts';
import { useLoaded } from '../../state/useLoaded.ts';
import { EditorCard } from './EditorCard.tsx';
import { FigureCard } from './FigureCard.tsx';
import { configOf, dataKey, type FormValues, firstValues, isPath } from './form.ts';
import { NumbersCard } from './NumbersCard.tsx';
import { OwnDataCard } from './OwnDataCard.tsx';
import { SettingsCard } from './SettingsCard.tsx';
import { StartBar } from './StartBar.tsx';
import { type Draft, draftOf, draftText, readLayout } from './steps.ts';

/** Lays out a branch, shows what it costs, and starts a run of it. */
export function LayoutsPage({ layout: asked }: { layout: string | null }) {
  const [draft, setDraft] = useState<Draft>(() => firstDraft(asked));
  const [values, setValues] = useFormValues();
  const text = draftText(draft);
  const read = readLayout(text);
  const config = { ...configOf(values), layout: text };
  const key = useSettled(JSON.stringify(config), 250);
  const valid = 'layout' in read;
  const [checked, setChecked] = useState<string | null>(null);
  const unread = isPath(config.dataset) && checked !== dataKey(config);
  const description = useLoaded(`${valid} ${checked} ${key}`, (signal) =>
    valid
      ? json(api.describe.$post({ json: { config: JSON.parse(key) } }, { init: { signal } }))
      : Promise.resolve(null),
  );
  const net = !unread && description.value?.valid ? description.value : null;
  const timed = useSettled(net ? key : '', 600);
  const estimate = useLoaded(timed, (signal) =>
    timed
      ? json(api.estimate.$post({ json: { config: JSON.parse(timed) } }, { init: { signal } }))
      : Promise.resolve(null),
  );
  const refused =
    !unread && description.value && !description.value.valid ? description.value.reason : null;
  return (
    <>
      <div class="heading">
        <div>
          <h1>Layouts</h1>
          <p class="faint small">Lay out a residual block, see what it costs, train it</p>
        </div>
        <StartBar config={config} ready={valid && !unread && refused === null} />
      </div>
      <div class="layout-grid">
        <div class="stack">
          <EditorCard
            draft={draft}
            change={setDraft}
            reason={valid ? (refused ?? description.error) : read.reason}
          />
          <NumbersCard description={description} estimate={estimate} />
          <SettingsCard values={values} change={setValues} />
          {isPath(config.dataset) && (
            <OwnDataCard
              key={dataKey(config)}
              config={config}
              checked={() => setChecked(dataKey(config))}
            />
          )}
        </div>
        <FigureCard
          layout={valid ? read.layout : null}
          branches={net?.blocks.find(({ branches }) => branches > 1)?.branches ?? 2}
          mixing={net?.config.mixing ?? 'shake-shake'}
        />
      </div>
    </>
  );
}

function firstDraft(asked: string | null): Draft {
  return draftOf(asked && 'layout' in readLayout(asked) ? asked : 'preact-bn');
}

/** The form's values; the data set is one that is at hand once the server has said which are. */
function useFormValues(): [FormValues, (values: FormValues) => void] {
  const state = useState<FormValues>(firstValues);
  const [values, setValues] = state;
  const found = vocabulary.value?.datasets.some(({ name, found }) => name === 'mnist' && found);
  // Only when the answer comes.
  useEffect(() => {
    if (found && values.dataset === 'digits') setValues({ ...values, dataset: 'mnist' });
  }, [found]);
  return state;
}

/** A value once it has stood still for a moment. */
function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
