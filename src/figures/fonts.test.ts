import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fontsNote } from './fonts.ts';

/** What a process says that has this configuration of fonts alone. */
function saidWith(configuration: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'shakelab-fonts-'));
  const file = join(folder, 'fonts.conf');
  writeFileSync(file, `<?xml version="1.0"?><fontconfig>${configuration}</fontconfig>`);
  const built = new URL('../../dist/figures/fonts.js', import.meta.url).href;
  const code = `const { fontsNote } = await import('${built}'); console.log(await fontsNote(['cat']));`;
  const env = { ...process.env, FONTCONFIG_FILE: file };
  const args = ['--input-type=module', '-e', code];
  const said = execFileSync(process.execPath, args, { env, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return said.trim();
}

test.runIf(process.platform === 'linux')('a machine without fonts is told so', () => {
  expect(saidWith('')).toMatch(/^this machine has no fonts: .* install one/);
  expect(saidWith('<dir>/usr/share/fonts</dir>')).toBe('null');
});

test('letters that no font has are named, others are not', async () => {
  expect(await fontsNote(['cat', 'Ökologie', '…'])).toBeNull();
  const unassigned = [
    '\u{5ffd0}',
    '\u{5ffd1}',
    'a',
    ...Array.from('\u{5ffd2}\u{5ffd3}\u{5ffd4}\u{5ffd5}'),
  ];
  expect(await fontsNote(unassigned)).toMatch(
    /has \u{5ffd0} \u{5ffd1} .* and 1 more letters: .* boxes/u,
  );
});
