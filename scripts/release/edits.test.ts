import { expect, test } from 'vitest';
import { checkVersion, cited, notesOf, released, versioned } from './edits.ts';

test('a version is three numbers, above the last', () => {
  expect(() => checkVersion('0.2.0', '0.1.9')).not.toThrow();
  expect(() => checkVersion('1.0.0', '0.9.0')).not.toThrow();
  expect(() => checkVersion('0.10.0', '0.9.0')).not.toThrow();
  expect(() => checkVersion('0.1.0', '0.1.0')).toThrow('version 0.1.0: not above 0.1.0');
  expect(() => checkVersion('0.1.9', '0.2.0')).toThrow('not above 0.2.0');
  expect(() => checkVersion('v2', '0.1.0')).toThrow('version v2: give one such as 0.2.0');
  expect(() => checkVersion(undefined, '0.1.0')).toThrow('give one such as 0.2.0');
});

const changelog =
  '# Changelog\n\n## Unreleased\n\n### Added\n\n- New.\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n';

test('what is unreleased goes under the version, below an empty heading', () => {
  const after = released(changelog, '0.2.0', '2026-11-28');
  expect(after).toBe(
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-28\n\n### Added\n\n- New.\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n',
  );
  expect(notesOf(after, '0.2.0')).toBe('### Added\n\n- New.');
  expect(() => released(after, '0.3.0', '2026-12-01')).toThrow('nothing under Unreleased');
});

test('package and lock state the version, and keep all else', () => {
  expect(versioned('{"name":"a","version":"0.1.0"}', '0.2.0')).toBe(
    '{\n  "name": "a",\n  "version": "0.2.0"\n}\n',
  );
  const lock = versioned('{"version":"0.1.0","packages":{"":{"version":"0.1.0"}}}', '0.2.0');
  expect(JSON.parse(lock)).toEqual({ version: '0.2.0', packages: { '': { version: '0.2.0' } } });
});

test('the citation has one version and one date', () => {
  const once = cited('title: a\nversion: 0.1.0\nlicense: MIT\n', '0.2.0', '2026-11-28');
  expect(once).toBe('title: a\nversion: 0.2.0\ndate-released: 2026-11-28\nlicense: MIT\n');
  expect(cited(once, '0.3.0', '2026-12-01').match(/date-released/g)).toHaveLength(1);
});
