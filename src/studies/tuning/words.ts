import { configFields } from '../../runs/fields.ts';
import type { SettingImportance } from './findings.ts';
import type { Value, VariedKey } from './space.ts';

/** A setting as its flag calls it. */
export const settingTitle = (setting: VariedKey): string => configFields[setting].flag;

/** A value as its flag takes it. */
export const valueTitle = (value: Value): string => String(value ?? 'none');

/** `42 %`, and below half a percent `< 1 %`. */
export function shareInWords(share: number | null | undefined): string {
  if (share == null) return 'n/a';
  return share > 1e-6 && share < 0.005 ? '< 1 %' : `${Math.round(100 * share)} %`;
}

/** Variance that no setting explains by itself: what settings do together, and seeds. */
export function restOf(importance: readonly SettingImportance[]): number | null {
  const explained = importance.map(({ all }) => all?.explained ?? 0);
  return importance.every(({ all }) => all === null)
    ? null
    : Math.max(0, 1 - explained.reduce((sum, share) => sum + share, 0));
}

/** How sure it is that a setting matters at all. */
export function verdictInWords({ all, adjusted }: SettingImportance): string {
  if (all === null || adjusted === null) return 'errors do not vary';
  return adjusted <= 0.05 ? 'matters' : 'no effect that can be told';
}
