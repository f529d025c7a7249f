interface SwitchProps<Key extends string> {
  label: string;
  /** Keys with the words on their buttons. */
  options: readonly (readonly [Key, string])[];
  /** Null where none of the options holds. */
  value: Key | null;
  choose(key: Key): void;
}

/** Buttons side by side of which one holds. */
export function Switch<Key extends string>({ label, options, value, choose }: SwitchProps<Key>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame
    <div class="group" role="group" aria-label={label}>
      {options.map(([key, text]) => (
        <button type="button" key={key} aria-pressed={value === key} onClick={() => choose(key)}>
          {text}
        </button>
      ))}
    </div>
  );
}
