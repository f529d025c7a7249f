import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A control group of Linux, by the folder that tells of it; in version 2 one folder tells of everything. */
export interface ControlGroup {
  folder: string;
  version: 1 | 2;
}

/**
 * The groups that limit this process, with all above them, each of which may allow less; none where
 * there are no control groups.
 *
 * @param root of the file system; tests have others
 * @param controller what is limited
 */
export function controlGroups(root: string, controller: 'cpu' | 'memory'): ControlGroup[] {
  const lines = textIn(root, 'proc/self/cgroup').split('\n');
  return lines.flatMap((line): ControlGroup[] => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    const groups = join(root, 'sys/fs/cgroup');
    if (controllers === '')
      return upwards(path).map((group) => ({ folder: join(groups, group), version: 2 }));
    if (!controllers.split(',').includes(controller)) return [];
    return upwards(path).map((group) => ({ folder: join(groups, controller, group), version: 1 }));
  });
}

/** A group and all above it, without the first slash. */
function upwards(path: string): string[] {
  const parts = relative('/', path).split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).concat('');
}

/** What a file of the system says; nothing where it cannot be read. */
export function textIn(...path: string[]): string {
  try {
    return readFileSync(join(...path), 'utf8').trim();
  } catch {
    return '';
  }
}
