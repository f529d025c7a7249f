import type { ComponentChildren } from 'preact';
import { settingNames } from '../../../../src/data/settings.ts';
import { type ConfigKey, configFields, configKeys } from '../../../../src/runs/fields.ts';
import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { wholeNumber } from '../../../../src/text/text.ts';
import { hrefOf } from '../../state/route.ts';

/** How a folder of one's own is read; of no interest where nobody chose anything else. */
const folderKeys: readonly ConfigKey[] = settingNames;

const keysOf = (differs: RunDetail['differs']): ConfigKey[] =>
  configKeys.filter((key) => key in differs || !folderKeys.includes(key));

/** Everything that decided the run, what it differs in from the defaults, and who ran it. */
export function DetailsCard({ run }: { run: RunDetail }) {
  const { config, differs, data, code, machine, command, study } = run;
  return (
    <section class="card details" aria-label="Details">
      <h2>Details</h2>
      {config && (
        <dl class="settings">
          {keysOf(differs).map((key) => (
            <Entry key={key} title={configFields[key].flag} changed={key in differs}>
              {String(config[key] ?? '–')}
            </Entry>
          ))}
        </dl>
      )}
      <dl class="origins small">
        {data && (
          <Entry title="Data">
            {data.title}: {wholeNumber(data.train)} training,{' '}
            {data.validation && `${wholeNumber(data.validation)} validation, `}
            {wholeNumber(data.test)} test images
          </Entry>
        )}
        {code && (
          <Entry title="Code">
            shakelab {code.shakelab}
            {code.commit && `, commit ${code.commit.slice(0, 12)}`}, Node {code.node}
          </Entry>
        )}
        {machine && (
          <Entry title="Machine">
            {machine.cpu}, {machine.processors} processors, {machine.platform}
          </Entry>
        )}
        {study && (
          <Entry title="Study">
            <a href={hrefOf({ page: 'study', id: study })}>It belongs to a study</a>
          </Entry>
        )}
        {command && (
          <Entry title="Command">
            <code class="command">{command}</code>
          </Entry>
        )}
      </dl>
    </section>
  );
}

function Entry(props: { title: string; changed?: boolean; children: ComponentChildren }) {
  return (
    <div class={props.changed ? 'changed' : undefined}>
      <dt>{props.title}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
