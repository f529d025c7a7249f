import { access } from 'node:fs/promises';

/** Whether anything is at a path, as far as this user may see. */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
