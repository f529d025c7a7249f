import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const built = 'dist/studio/index.html';
const sources = ['studio/src', 'src/figures', 'src/analysis', 'src/statistics'];

const changed = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newest = (folder: string) =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      changed(join(folder, name)),
    ),
  );

/** Builds the page of exported nets, which takes a moment. */
export const ensureDemoBuilt = async (): Promise<void> => {
  await build({ root: 'studio/demo', configFile: 'studio/demo/vite.config.ts', logLevel: 'error' });
};

/** Builds the page where it is older than its sources, which after `npm ci` it is not. */
export async function ensureBuilt(): Promise<void> {
  if (changed(built) >= Math.max(...sources.map(newest))) return;
  await build({ root: 'studio', configFile: 'studio/vite.config.ts', logLevel: 'error' });
}
