import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRun } from '../../src/exports/export.ts';
import { predict } from '../../src/predict/predict.ts';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { evaluated, imagesAsFiles, trained } from '../../testkit/predicted.ts';
import { ensureDemoBuilt } from './builtPage.ts';
import { launchChromium, skipReason } from './chromium.ts';
import { type FolderServer, serveFolder } from './folderServer.ts';
import { drawLine } from './gestures.ts';
import { openPage } from './openPage.ts';

/** Asks the page's runtime for the logits of images [count][1][28][28]; a text, which no build rewrites. */
const askLogits = (values: Uint8Array, count: number): string => `(async () => {
  const beside = (name) => new URL(name, location.href).href;
  const runtime = await import(beside('runtime.js'));
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { wasm: beside('runtime.wasm') };
  const session = await runtime.InferenceSession.create(beside('model.onnx'));
  const values = Float32Array.from([${values}]);
  const images = new runtime.Tensor('float32', values, [${count}, 1, 28, 28]);
  return Array.from((await session.run({ images })).logits.data);
})()`;

describe.skipIf(skipReason !== '')(`an exported page${skipReason}`, () => {
  let [run, folder, pictures] = ['', '', ''];
  let [browser, server]: [Browser?, FolderServer?] = [];
  let samples: number[][] = [];
  let images: Uint8Array = new Uint8Array();

  beforeAll(async () => {
    await ensureDemoBuilt();
    run = await trained({ dataset: 'digits', trainSize: 640, validation: '0.1', epochs: 2 });
    const found = await evaluated(run, 'validation');
    samples = found.samples;
    images = found.dataset.validation!.images;
    pictures = await imagesAsFiles(found.dataset, 'validation');
    folder = join(await temporaryFolder(), 'page');
    await exportRun(run, 'page', { out: folder, threads: 1 });
    server = await serveFolder(folder);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('computes our logits in the browser', async () => {
    const { page } = await openPage(browser!);
    await page.goto(server!.address);
    const found = await page.evaluate<number[]>(askLogits(images, samples.length));
    const expected = samples.flat();
    const largest = Math.max(...expected.map(Math.abs));
    const apart = expected.map((value, at) => Math.abs(value - found[at]) / largest);
    expect(found).toHaveLength(expected.length);
    expect(Math.max(...apart)).toBeLessThan(1e-5);
  });

  it('classifies a picture as predict does, and what is drawn', async () => {
    const { page, problems } = await openPage(browser!);
    await page.goto(server!.address);
    const file = join(pictures, '0003.png');
    await page.setInputFiles('input[type=file]', file);
    await page.waitForSelector('.classes li');
    const [{ top }] = (await predict(run, [file], { top: 5, threads: 1 })).predictions;
    expect(await page.locator('.classes li > span:first-child').allTextContents()).toEqual(
      top.map(({ class: name }) => name),
    );
    const told = page.locator('.classes');
    const before = await told.textContent();
    await drawLine(page, page.locator('.sketch canvas'), [
      [0.5, 0.1],
      [0.5, 0.9],
    ]);
    await expect.poll(() => told.textContent()).not.toBe(before);
    expect(problems).toEqual([]);
  });

  it('says what is wrong with a file that is no picture', async () => {
    const { page } = await openPage(browser!);
    await page.goto(server!.address);
    const broken = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
    await page.setInputFiles('input[type=file]', broken);
    expect(await page.locator('[role=alert]').textContent()).toBe(
      'a.png: the browser reads no picture from it',
    );
  });
});
