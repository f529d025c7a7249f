import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { parseLayout } from '../nets/layouts.ts';
import { type BlockDiagram, drawBlock, drawBlocks } from './blocks.ts';

const block = (layout: string, changes: Partial<BlockDiagram> = {}): BlockDiagram => ({
  layout: parseLayout(layout),
  branches: 2,
  mixing: 'shake',
  title: layout,
  ...changes,
});

function textsOf(svg: string): string[] {
  const { document } = parseHTML(svg);
  return [...document.querySelectorAll('text')].map((text) => text.textContent ?? '');
}

function count(texts: readonly string[], wanted: string): number {
  return texts.filter((text) => text === wanted).length;
}

describe('drawBlock', () => {
  test("a branch's steps stand in the layout's order, once a branch", () => {
    const texts = textsOf(drawBlock(block('preact-bn')));
    const steps = texts.filter((text) => ['BN', 'ReLU', 'Conv'].includes(text));
    const branch = ['BN', 'ReLU', 'Conv', 'BN', 'ReLU', 'Conv', 'BN'];
    expect(steps).toEqual([...branch, ...branch]);
  });

  test('kernels of 1×1 and rates are written into their boxes', () => {
    const texts = textsOf(drawBlock(block('conv1 relu dropout=0.25 conv', { branches: 1 })));
    expect(texts).toEqual(expect.arrayContaining(['Conv 1×1', 'ReLU', 'Drop 0.25', 'Conv']));
  });

  test('the ReLU after the addition stands once, below the plus', () => {
    const texts = textsOf(drawBlock(block('postact', { branches: 3 })));
    expect(count(texts, 'ReLU')).toBe(4);
    expect(count(textsOf(drawBlock(block('relu conv bn relu conv bn'))), 'ReLU')).toBe(4);
  });

  test.each([
    ['forward', ['α1', 'α2', 'α3']],
    ['backward', ['β1', 'β2', 'β3']],
    ['evaluate', ['1/3', '1/3', '1/3']],
  ] as const)('%s shows its coefficients', (pass, coefficients) => {
    const texts = textsOf(drawBlock(block('preact', { branches: 3, pass })));
    expect(texts.filter((text) => /^[αβ]|\//.test(text))).toEqual(coefficients);
  });

  test('forward begins with X, backward with the gradient g', () => {
    const [forward, backward] = (['forward', 'backward'] as const).map((pass) =>
      textsOf(drawBlock(block('preact', { pass }))),
    );
    expect([count(forward, 'X'), count(forward, 'g')]).toEqual([1, 0]);
    expect([count(backward, 'X'), count(backward, 'g')]).toEqual([0, 1]);
  });

  test('without mixing there is an addition and no multiplication', () => {
    const discs = (svg: string) =>
      parseHTML(svg).document.querySelectorAll('circle[r="10"]').length;
    expect(discs(drawBlock(block('preact')))).toBe(3);
    expect(discs(drawBlock(block('preact', { mixing: 'none' })))).toBe(1);
  });

  test('nothing reaches over the edge', () => {
    const { document } = parseHTML(drawBlock(block('conv', { branches: 5 })));
    const width = Number(document.querySelector('svg')?.getAttribute('width'));
    for (const box of document.querySelectorAll('g rect')) {
      expect(Number(box.getAttribute('x'))).toBeGreaterThan(0);
      expect(Number(box.getAttribute('x')) + 66).toBeLessThan(width);
    }
  });

  test('a title is escaped', () => {
    expect(drawBlock(block('preact', { title: 'a<b' }))).toContain('>a&lt;b</text>');
  });
});

describe('drawBlocks', () => {
  const row = ['postact', 'relu-preact', 'preact', 'preact-bn'].map((name) => block(name));

  test('letters the blocks in order', () => {
    const captions = textsOf(drawBlocks(row)).filter((text) => text.startsWith('('));
    expect(captions).toEqual(['(a) postact', '(b) relu-preact', '(c) preact', '(d) preact-bn']);
  });

  test('puts all additions on one line', () => {
    const { document } = parseHTML(drawBlocks(row));
    const heights = [...document.querySelectorAll('circle[r="10"]')].map((disc) =>
      Number(disc.getAttribute('cy')),
    );
    expect(new Set(heights).size).toBe(2);
  });
});
