import { computed, effect, signal } from '@preact/signals';
import { darkTheme, type Theme, theme } from '../../../src/figures/theme.ts';

export type Preference = 'auto' | 'light' | 'dark';

const key = 'shakelab-scheme';
const system = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(system.matches);

/** What the reader chose; `auto` follows the system. */
export const preference = signal<Preference>((localStorage.getItem(key) ?? 'auto') as Preference);

/** Whether the page is dark. */
export const dark = computed(() =>
  preference.value === 'auto' ? systemDark.value : preference.value === 'dark',
);

/** The colours in which the page draws figures. */
export const look = computed<Theme>(() => (dark.value ? darkTheme : theme));

/** Keeps the document in the scheme. */
export function followScheme(): void {
  system.addEventListener('change', () => {
    systemDark.value = system.matches;
  });
  effect(() => {
    document.documentElement.dataset.scheme = dark.value ? 'dark' : 'light';
    localStorage.setItem(key, preference.value);
  });
}
