import {
  type ConfigKey,
  configFields,
  configKeys,
  defaultConfig,
} from '../../../../src/runs/fields.ts';
import type { Vocabulary } from '../../../../src/server/resources/vocabulary.ts';
import { vocabulary } from '../../api/session.ts';
import { type FormValues, isPath, mainKeys } from './form.ts';

interface SettingsCardProps {
  values: FormValues;
  change(values: FormValues): void;
}

/** Everything else that decides a run; the layout has its own card. */
export function SettingsCard({ values, change }: SettingsCardProps) {
  const rest = configKeys.filter((key) => key !== 'layout' && !mainKeys.includes(key));
  const field = (key: ConfigKey) => (
    <SettingField
      key={key}
      name={key}
      value={values[key] ?? ''}
      words={vocabulary.value}
      set={(value) => change({ ...values, [key]: value })}
    />
  );
  return (
    <section class="card" aria-labelledby="settings-title">
      <h2 id="settings-title">Training</h2>
      <div class="fields">{mainKeys.map(field)}</div>
      <details class="more">
        <summary>More settings</summary>
        <div class="fields">{rest.map(field)}</div>
      </details>
    </section>
  );
}

interface SettingFieldProps {
  name: ConfigKey;
  value: string;
  words: Vocabulary | null;
  set(value: string): void;
}

function SettingField({ name, value, words, set }: SettingFieldProps) {
  const { flag, help } = configFields[name];
  const id = `setting-${flag}`;
  const options = optionsOf(name, words);
  return (
    <div class="field">
      <label for={id} title={help}>
        {flag}
      </label>
      {name === 'dataset' ? (
        <DatasetField id={id} value={value} words={words} set={set} />
      ) : (
        <input
          id={id}
          class={typeof defaultConfig[name] === 'string' ? 'code' : undefined}
          value={value}
          list={options.length > 0 ? `${id}-words` : undefined}
          placeholder={String(defaultConfig[name] ?? 'all')}
          spellcheck={false}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
      {options.length > 0 && (
        <datalist id={`${id}-words`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </div>
  );
}

/** A data set by its name, or the path of one's own. */
function DatasetField({ id, value, words, set }: Omit<SettingFieldProps, 'name'> & { id: string }) {
  const own = isPath(value);
  return (
    <>
      <select
        id={id}
        value={own ? ownData : value}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {datasetsIn(words, own ? [] : [value]).map((dataset) => (
          <option key={dataset.name} value={dataset.name}>
            {dataset.title}
            {dataset.found ? '' : ' (not at hand)'}
          </option>
        ))}
        <option value={ownData}>Own data …</option>
      </select>
      {own && (
        <input
          class="code"
          aria-label="Path of own data"
          value={value}
          placeholder={ownData}
          spellcheck={false}
          onInput={(event) => set(pathOf(event.currentTarget.value))}
        />
      )}
    </>
  );
}

/** The data sets to choose from; before the server has told them, those that are named already. */
const datasetsIn = (words: Vocabulary | null, named: readonly string[]) =>
  words?.datasets ?? named.map((name) => ({ name, title: name, found: true }));

/** The path that stands there when own data are chosen, the studio's own folder. */
const ownData = './';

/** What is typed stays a path, even where a separator is still to come. */
const pathOf = (text: string): string => (isPath(text) ? text : `${ownData}${text.trim()}`);

function optionsOf(name: ConfigKey, words: Vocabulary | null): readonly string[] {
  if (name === 'mixing') return words?.mixings ?? [];
  if (name === 'head') return words?.heads ?? [];
  if (name === 'net') return ['resnext-8-2x4d', 'resnext-20-2x4d', 'resnext-26-2x32d'];
  if (name === 'validation') return ['auto', '0.1', 'own', 'none'];
  if (name === 'evaluateEvery') return ['auto', '1', '5'];
  return [];
}
