import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { leftIn, trainWords } from '../../testkit/brokenRun.ts';
import { shakelab, shakelabWords, start } from '../../testkit/shakelab.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-output-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

/** How a command ends whose output goes where the shell says. */
const redirected = (words: string[], redirection: string) =>
  start(['sh', '-c', `exec "$0" "$@" ${redirection}`, ...shakelabWords(...words)]).ending;

const full = 'shakelab: standard output: cannot be written, the disk is full (ENOSPC)';

describe.runIf(existsSync('/dev/full'))('a log that can take no more', () => {
  it.each([['--help'], ['list'], ['describe']])(
    'ends a command that only prints: %s',
    async (word) => {
      const { code, err } = await redirected([word], '> /dev/full');
      expect([code, err]).toEqual([
        1,
        expect.stringMatching(/^shakelab: .*\(ENOSPC\); free some space\n$/),
      ]);
    },
  );

  it('does not end a training, which loses nothing', async () => {
    const [kept, unheard] = [join(root, 'kept'), join(root, 'unheard')];
    expect((await shakelab(...trainWords(kept, 2))).code).toBe(0);
    const { code, err } = await redirected(trainWords(unheard, 2), '> /dev/full');
    expect([code, err]).toEqual([0, `${full}; free some space\n`]);
    expect(await leftIn(unheard)).toEqual(await leftIn(kept));
  });

  it('of errors changes no exit code', async () => {
    const wrong = ['describe', '--net', 'vgg'];
    expect((await redirected(wrong, '2> /dev/full')).code).toBe(2);
    expect((await redirected(['describe'], '2> /dev/full')).code).toBe(0);
  });
});

describe('a reader that goes away', () => {
  it.each([['--help'], ['list'], ['describe', '--json'], ['data', 'list']])(
    'ends %s with 0',
    async (...words) => {
      const { child, ending } = start(shakelabWords(...words));
      child.stdout!.destroy();
      const { code, err } = await ending;
      expect([code, err]).toEqual([0, '']);
    },
  );
});
