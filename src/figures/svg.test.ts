import { expect, test } from 'vitest';
import { element, escapeText, label, picture } from './svg.ts';

test('text and attributes are escaped', () => {
  expect(escapeText('<b> & "c"')).toBe('&lt;b&gt; &amp; &quot;c&quot;');
  expect(label(1, 2, 'a < b', { class: '"&' })).toBe(
    '<text x="1" y="2" class="&quot;&amp;">a &lt; b</text>',
  );
});

test('numbers are rounded to hundredths, undefined attributes left out', () => {
  expect(element('line', { x1: 1 / 3, y1: undefined, x2: 2 })).toBe('<line x1="0.33" x2="2"/>');
});

test('a picture has its namespace, its size, a title and a background', () => {
  const svg = picture({ width: 30, height: 20, title: 'A & B' }, '<g/>');
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="30" height="20" /);
  expect(svg).toContain('viewBox="0 0 30 20"');
  expect(svg).toContain(
    '<title>A &amp; B</title><rect width="30" height="20" fill="#ffffff"/><g/>',
  );
});
