import { createCanvas } from '@napi-rs/canvas';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { blob, circle, embeddingOf } from '../../testkit/clouds.ts';
import { embeddingGrid } from './embeddingSheets.ts';
import { drawHistograms } from './histograms.ts';
import { sheetSvg } from './sheet.ts';
import { SvgPen } from './svgPen.ts';

const cloud = embeddingOf(circle(0, 0, 5, 3).map(([x, y]) => blob(x, y, 1, 300)));
const model = { title: 'PreAct & more', testError: 1.234, train: cloud, test: cloud };

const textsIn = (svg: string) =>
  [...parseHTML(svg).document.querySelectorAll('text')].map(({ textContent }) => textContent);

test('a sheet as SVG has its words as text, its dots as one picture', async () => {
  const open = (width: number, height: number) => {
    const canvas = createCanvas(width, height);
    return { canvas, pen: canvas.getContext('2d') };
  };
  const svg = await sheetSvg(embeddingGrid([model, model], ['0', '1', '2']), open, (canvas) =>
    canvas.toDataURL('image/png'),
  );
  const texts = textsIn(svg);
  for (const text of ['PreAct & more', 'test error 1.23 %', '(d)', 'Test samples, evaluate mode']) {
    expect(texts).toContain(text);
  }
  const { document } = parseHTML(svg);
  const [image, ...others] = document.querySelectorAll('image');
  expect([others.length, image.getAttribute('width')]).toEqual([0, '644']);
  expect(image.getAttribute('href')).toMatch(/^data:image\/png;base64,.{2000}/);
});

test('a pen turns what lies between save and restore, and nothing else', () => {
  const pen = new SvgPen();
  pen.save();
  pen.translate(10, 20);
  pen.rotate(-Math.PI / 2);
  pen.font = '600 12px Inter, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText('a < b', 0, 0);
  pen.restore();
  pen.beginPath();
  pen.arc(5, 5, 2);
  pen.stroke();
  const [text, circle] = pen.drawn;
  expect(text).toContain('transform="translate(10 20)rotate(-90)"');
  expect(text).toContain('y="4.2"');
  expect(text).toContain('font-weight="600" font-size="12" font-family="Inter, sans-serif"');
  expect(text).toMatch(/text-anchor="middle".*>a &lt; b</);
  expect(circle).toContain('d="M3 5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0"');
  expect(circle).not.toContain('transform');
});

test('histograms: the fullest bin of each is as tall as its panel', () => {
  const panels = [
    { title: 'α', counts: [1, 4], colour: '#0072b2' },
    { title: 'β', counts: [0, 0], colour: '#d55e00' },
  ];
  const svg = drawHistograms('Coefficients', [-1, 0, 1], panels);
  expect(textsIn(svg)).toEqual(['Coefficients', 'α', '−1', '0', '1', 'β', '−1', '0', '1']);
  const heights = [...parseHTML(svg).document.querySelectorAll('g rect')].map((bar) =>
    Number(bar.getAttribute('height')),
  );
  expect(heights).toEqual([32.5, 130, 0, 0]);
});
