import { configKeys } from '../../../../src/runs/fields.ts';
import { resultNames } from '../../../../src/server/library/runValues.ts';

interface OrderChoiceProps {
  /** A setting or result, `-` before it for the other way round; empty for the newest first. */
  order: string;
  choose(order: string): void;
}

/** Sorts the list by any setting or result. */
export function OrderChoice({ order, choose }: OrderChoiceProps) {
  const down = order.startsWith('-');
  const key = order.slice(down ? 1 : 0);
  return (
    <span class="row order">
      <select
        aria-label="Sort by"
        value={key}
        onChange={({ currentTarget: { value } }) => choose(value && `${down ? '-' : ''}${value}`)}
      >
        <option value="">newest first</option>
        <optgroup label="Results">{resultNames.map(optionOf)}</optgroup>
        <optgroup label="Settings">{['name', ...configKeys].map(optionOf)}</optgroup>
      </select>
      {key && (
        <button
          type="button"
          class="quiet"
          aria-label={down ? 'Largest first' : 'Smallest first'}
          onClick={() => choose(down ? key : `-${key}`)}
        >
          {down ? '↓' : '↑'}
        </button>
      )}
    </span>
  );
}

const optionOf = (name: string) => (
  <option key={name} value={name}>
    {name}
  </option>
);
