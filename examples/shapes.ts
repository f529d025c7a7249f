import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RandomStream, randomStream } from 'shakelab';
import sharp from 'sharp';

/** What is drawn of each class, about the middle and within a radius of 1; the most common first. */
const shapes = {
  circle: { count: 400, drawn: '<circle r="1"/>' },
  ellipse: { count: 200, drawn: '<ellipse rx="1" ry="0.7"/>' },
  square: { count: 100, drawn: '<rect x="-0.8" y="-0.8" width="1.6" height="1.6"/>' },
  rectangle: { count: 40, drawn: '<rect x="-0.9" y="-0.6" width="1.8" height="1.2"/>' },
  triangle: { count: 20, drawn: '<path d="M0-1L0.87 0.5H-0.87Z"/>' },
};

const side = 32;

/**
 * Draws a folder of PNG files, a folder a class, of which the largest has 20 times the images of the smallest.
 *
 * @param share of the images, for a smaller one
 */
export async function drawShapes(folder: string, share = 1): Promise<void> {
  for (const [name, { count, drawn }] of Object.entries(shapes)) {
    await mkdir(join(folder, name), { recursive: true });
    for (let index = 0; index < Math.round(share * count); index++) {
      const image = picture(drawn, randomStream(1, `shapes/${name}`, index));
      await writeFile(join(folder, name, `${index}.png`), await image);
    }
  }
}

/** A shape of any size, place, turn and grey, under noise. */
function picture(drawn: string, stream: RandomStream): Promise<Buffer> {
  const between = (low: number, high: number) => low + (high - low) * stream.uniform();
  const moves = [
    `translate(${between(12, 20)} ${between(12, 20)})`,
    `rotate(${between(0, 360)})`,
    `scale(${between(6, 10)})`,
  ].join(' ');
  const [ground, grey] = [between(20, 80), between(150, 230)].map(Math.round);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <rect width="${side}" height="${side}" fill="rgb(${ground} ${ground} ${ground})"/>
    <g transform="${moves}" fill="rgb(${grey} ${grey} ${grey})">${drawn}</g></svg>`;
  return noisy(svg, stream);
}

async function noisy(svg: string, stream: RandomStream): Promise<Buffer> {
  const values = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  const bytes = Uint8Array.from(values, (value) =>
    Math.min(255, Math.max(0, value + 12 * stream.normal())),
  );
  const raw = { width: side, height: side, channels: 1 } as const;
  return sharp(bytes, { raw }).png().toBuffer();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await drawShapes(process.argv[2] ?? 'shapes');
}
