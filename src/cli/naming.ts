import { configFields } from '../runs/fields.ts';

/** Options whose flags have other names; those of a run's config say so themselves. */
const otherNames: Readonly<Record<string, string>> = {
  cases: 'case',
  configFile: 'config',
  dataFolder: 'data',
  folder: 'out',
  ...Object.fromEntries(Object.entries(configFields).map(([key, { flag }]) => [key, flag])),
};

/** A name in lower case: `report-only` of `reportOnly`. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The flag of an option of the library: `--lr` of `learningRate`. */
export const flagNamed = (name: string): string => `--${otherNames[name] ?? kebab(name)}`;
