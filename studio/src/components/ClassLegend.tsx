import { classEntries } from '../../../src/figures/classLegend.ts';
import { classColour } from '../../../src/figures/palette.ts';
import { look } from '../state/scheme.ts';

interface ClassLegendProps {
  names: readonly string[];
  /** The class that is marked; null for none. */
  chosen?: number | null;
  /** Makes the classes buttons. */
  onChoose?(index: number): void;
}

/** A dot and a name for every class; where it can be chosen, a button. */
export function ClassLegend({ names, chosen = null, onChoose }: ClassLegendProps) {
  return (
    <ul class="legend" aria-label="Classes">
      {classEntries(names).map((name, index) => {
        const entry = (
          <>
            <svg width="10" height="10" aria-hidden="true">
              <circle cx="5" cy="5" r="5" fill={classColour(index, look.value.classes)} />
            </svg>
            <span class="fitted" title={name}>
              {name}
            </span>
          </>
        );
        return (
          <li key={name}>
            {onChoose ? (
              <button
                type="button"
                class="quiet"
                aria-pressed={chosen === index}
                onClick={() => onChoose(index)}
              >
                {entry}
              </button>
            ) : (
              <span>{entry}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
