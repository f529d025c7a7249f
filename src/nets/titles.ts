const layoutTitles: Record<string, string> = {
  postact: 'PostAct',
  'relu-preact': 'ReLU-PreAct',
  preact: 'PreAct',
  'preact-bn': 'PreActBN',
  'bn-shake': 'BN-Shake',
};

/** What tells the models of a study apart. */
export interface ModelName {
  layout: string;
  mixing: string;
}

/** A layout as the paper calls it, or its steps: `PreActBN`, `bn relu conv`. */
export function layoutTitle(layout: string): string {
  return layoutTitles[layout] ?? layout;
}

/** A model in words: `PreActBN with shaking`, `PreAct without shaking`. */
export function modelTitle({ layout, mixing }: ModelName): string {
  if (mixing === 'even') return `${layoutTitle(layout)} without shaking`;
  if (mixing === 'shake-shake') return `${layoutTitle(layout)} with shaking`;
  return `${layoutTitle(layout)}, ${mixing}`;
}

/** What identifies a model within a study: `layout.mixing`. */
export function modelKey({ layout, mixing }: ModelName): string {
  return `${layout}.${mixing}`;
}
