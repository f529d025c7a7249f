import { expect, test } from 'vitest';
import { convolutionsOf, parseLayout } from '../../nets/layouts.ts';
import { placements } from './placements.ts';

test('before ReLUs and at the end: 16 layouts, each once, the named ones among them', () => {
  const found = placements('before-relu').map(({ layout }) => layout);
  expect(found).toHaveLength(16);
  expect(new Set(found).size).toBe(16);
  for (const name of ['preact', 'preact-bn', 'relu-preact', 'bn-shake'])
    expect(found).toContain(name);
  expect(found).toContain('conv relu conv');
});

test('anywhere: 48 layouts, each once and of two convolutions', () => {
  const found = placements('anywhere').map(({ layout }) => layout);
  expect(new Set(found).size).toBe(48);
  expect(found).toContain('bn relu bn conv bn relu bn conv bn');
  for (const layout of found) {
    expect(convolutionsOf(parseLayout(layout))).toBe(2);
  }
});

test('the distance counts the convolutions behind the last batch norm', () => {
  const distances = new Map(placements('anywhere').map((p) => [p.layout, p.distance]));
  expect(distances.get('preact-bn')).toBe(0);
  expect(distances.get('bn-shake')).toBe(0);
  expect(distances.get('preact')).toBe(1);
  expect(distances.get('relu conv relu bn conv')).toBe(1);
  expect(distances.get('bn relu conv relu conv')).toBe(2);
  expect(distances.get('relu conv relu conv')).toBeNull();
});
