import type { RunConfig } from '../../../src/runs/fields.ts';

const layoutNames: Record<string, string> = {
  postact: 'PostAct',
  'relu-preact': 'RPreAct',
  preact: 'PreAct',
  'preact-bn': 'PreActBN',
  'bn-shake': 'BN-Shake',
};

/** A layout as the paper calls it, or its steps: `PreActBN`, `bn relu conv`. */
export function layoutTitle(layout: string): string {
  return layoutNames[layout] ?? layout;
}

/** A model in words: `PreActBN with shaking`, `PreAct without shaking`. */
export function modelTitle({ layout, mixing }: Pick<RunConfig, 'layout' | 'mixing'>): string {
  if (mixing === 'even') return `${layoutTitle(layout)} without shaking`;
  if (mixing === 'shake-shake') return `${layoutTitle(layout)} with shaking`;
  return `${layoutTitle(layout)}, ${mixing}`;
}
