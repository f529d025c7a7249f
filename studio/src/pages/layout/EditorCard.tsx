import { stepName } from '../../../../src/figures/blockParts.ts';
import { namedLayouts, type Step } from '../../../../src/nets/layouts.ts';
import { layoutTitle } from '../../../../src/nets/titles.ts';
import { Switch } from '../../components/Switch.tsx';
import { StepRow } from './StepRow.tsx';
import { type Draft, draftOf, draftText, placeStep, presetOf, readLayout } from './steps.ts';

interface EditorCardProps {
  draft: Draft;
  change(draft: Draft): void;
  /** Why the layout cannot be built, or null. */
  reason: string | null;
}

const additions: Step[] = [
  { kind: 'bn' },
  { kind: 'relu' },
  { kind: 'conv', kernel: 3 },
  { kind: 'conv', kernel: 1 },
  { kind: 'dropout', rate: 0.3 },
];

/** The layouts of the paper's Fig. 2 and section 3.2. */
const paperNames = ['postact', 'relu-preact', 'preact', 'preact-bn', 'bn-shake'];
const otherNames = Object.keys(namedLayouts).filter((name) => !paperNames.includes(name));

/** Presets, the row of blocks, and the same layout as text. */
export function EditorCard({ draft, change, reason }: EditorCardProps) {
  return (
    <section class="card editor" aria-labelledby="editor-title">
      <header>
        <h2 id="editor-title">Branch</h2>
        <div class="row">
          <Switch
            label="Layouts of the paper"
            options={paperNames.map((name) => [name, layoutTitle(name)] as const)}
            value={presetOf(draft)}
            choose={(name) => change(draftOf(name))}
          />
          <select
            aria-label="Other layouts"
            value={otherNames.find((name) => name === presetOf(draft)) ?? ''}
            onChange={(event) => change(draftOf(event.currentTarget.value))}
          >
            <option value="" disabled>
              Others
            </option>
            {otherNames.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </header>
      <StepRow steps={draft.steps} change={(steps) => change({ ...draft, steps })} />
      <div class="row">
        <span class="faint small">Add</span>
        {additions.map((step) => (
          <button
            type="button"
            key={stepName(step)}
            class={`step ${step.kind}`}
            onClick={() => change({ ...draft, steps: [...draft.steps, placeStep(step)] })}
          >
            + {stepName(step)}
          </button>
        ))}
        <label class="check">
          <input
            type="checkbox"
            checked={draft.reluAfter}
            onChange={(event) => change({ ...draft, reluAfter: event.currentTarget.checked })}
          />
          ReLU after the addition
        </label>
      </div>
      <LayoutText draft={draft} change={change} />
      {reason && (
        <pre class="notice" role="alert">
          {reason}
        </pre>
      )}
    </section>
  );
}

/** The layout as it is typed in the terminal; what cannot be read yet changes nothing. */
function LayoutText({ draft, change }: Pick<EditorCardProps, 'draft' | 'change'>) {
  const text = draftText(draft);
  return (
    <div class="field">
      <label for="layout-text">As text</label>
      <input
        id="layout-text"
        class="code"
        spellcheck={false}
        key={text}
        defaultValue={text}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          if ('layout' in readLayout(typed)) change(draftOf(typed));
          else event.currentTarget.setAttribute('aria-invalid', 'true');
        }}
      />
    </div>
  );
}
