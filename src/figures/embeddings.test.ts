import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { blob, circle, embeddingOf } from '../../testkit/clouds.ts';
import { drawEmbeddingGrid, drawModes, drawPasses } from './embeddings.ts';
import { classColours } from './palette.ts';

const names = ['0', '1', '2'];
const clouds = (spread: number) =>
  embeddingOf(circle(0, 0, 5, 3).map(([x, y]) => blob(x, y, spread, 300)));
const models = ['PreAct', 'PreActBN'].map((title) => ({
  title,
  testError: 1.234,
  train: clouds(1),
  test: clouds(0.3),
}));

/** How many pixels of a PNG have exactly a colour. */
async function countColour(png: Buffer, colour: string): Promise<number> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === r && data[i + 1] === g && data[i + 2] === b) count++;
  }
  return count;
}

describe('drawEmbeddingGrid', () => {
  test('two models: 2 × 2 panels, twice the pixels of the drawing', async () => {
    const image = await loadImage(await drawEmbeddingGrid(models, names));
    expect([image.width, image.height]).toEqual([2 * 644, 2 * 654]);
  });

  test('a further model adds a column', async () => {
    const image = await loadImage(await drawEmbeddingGrid([...models, models[0]], names));
    expect(image.width).toBe(2 * (644 + 304));
  });

  test('every class is seen in its colour', async () => {
    const png = await drawEmbeddingGrid(models, names);
    for (const colour of classColours.slice(0, 3)) {
      expect(await countColour(png, colour)).toBeGreaterThan(500);
    }
    expect(await countColour(png, classColours[3])).toBe(0);
  });

  test('the same numbers give the same bytes', async () => {
    const [first, second] = [drawEmbeddingGrid(models, names), drawEmbeddingGrid(models, names)];
    expect((await first).equals(await second)).toBe(true);
  });

  test('refuses features that are not finite', async () => {
    const broken = clouds(1);
    broken.features[7] = Number.NaN;
    const drawn = drawEmbeddingGrid([{ ...models[0], test: broken }], names);
    await expect(drawn).rejects.toThrow('is NaN');
  });

  test('an empty class has a colour in the legend and no centre', async () => {
    const train = { ...clouds(1), classes: 4 };
    const model = { ...models[0], train, test: train };
    const png = await drawEmbeddingGrid([model], [...names, '3']);
    expect(await countColour(png, classColours[3])).toBeGreaterThan(0);
  });
});

describe('drawModes', () => {
  test('two panels side by side; many classes take more lines of legend', async () => {
    const modes = { trainMode: clouds(1), evaluateMode: clouds(0.3) };
    const short = await loadImage(await drawModes(modes, names));
    const many = Array.from({ length: 40 }, (_, k) => `class ${k}`);
    const tall = await loadImage(await drawModes(modes, many));
    expect(short.width).toBe(2 * 622);
    expect(tall.height).toBeGreaterThanOrEqual(short.height + 2 * 2 * 24);
  });
});

describe('drawPasses', () => {
  test('draws two features as they are, three panels wide', async () => {
    const flat = await drawPasses(
      { trainMode: clouds(1), evaluateMode: clouds(0.3), test: clouds(0.4) },
      names,
    );
    const image = await loadImage(flat);
    expect([image.width, image.height]).toEqual([2 * 926, 2 * 378]);
  });

  test('draws more features in their principal plane, with names at the axes', async () => {
    const lifted = (spread: number) => {
      const { features, ...rest } = clouds(spread);
      const points = Array.from({ length: rest.count }, (_, i) => [
        features[2 * i],
        0.5,
        features[2 * i + 1],
      ]);
      return { ...rest, dimensions: 3, features: Float32Array.from(points.flat()) };
    };
    const passes = { trainMode: lifted(1), evaluateMode: lifted(0.3), test: lifted(0.4) };
    const image = await loadImage(await drawPasses(passes, names));
    expect([image.width, image.height]).toEqual([2 * (926 + 22), 2 * (378 + 18)]);
  });
});
