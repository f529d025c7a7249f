import { describe, expect, it } from 'vitest';
import { escapeHtml, html, trusted } from './html.ts';

describe('html', () => {
  it('escapes every character that could leave an element or an attribute', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });

  it('escapes inserted strings, in lists too, and leaves markup alone', () => {
    const items = ['<1>', html`<b>${'&'}</b>`, 3];
    expect(html`<p>${items}</p>`.markup).toBe('<p>&lt;1&gt;<b>&amp;</b>3</p>');
  });

  it('does not escape twice when templates are nested', () => {
    const inner = html`<i>${'a & b'}</i>`;
    expect(html`<p>${html`${inner}`}</p>`.markup).toBe('<p><i>a &amp; b</i></p>');
  });

  it('inserts trusted text as it is', () => {
    expect(html`<style>${trusted('a > b {}')}</style>`.markup).toBe('<style>a > b {}</style>');
  });
});
