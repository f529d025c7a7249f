import sharp from 'sharp';
import { randomStream } from '../src/random/index.ts';
import { temporaryFolder, writeFiles } from './dataFiles.ts';

/** A PNG file from interleaved bytes [height][width][channels]. */
export function pngOf(
  values: ArrayLike<number>,
  { height, width }: { height: number; width: number },
): Promise<Buffer> {
  const channels = (values.length / (height * width)) as 1 | 2 | 3 | 4;
  return sharp(Buffer.from(Array.from(values)), { raw: { height, width, channels } })
    .png()
    .toBuffer();
}

/** A PNG file of one colour. */
export const plainPng = (colour: number[], size = { height: 4, width: 4 }): Promise<Buffer> =>
  pngOf(Array.from({ length: size.height * size.width }, () => colour).flat(), size);

/** A WAV file of 16 bits from samples between −1 and 1, one list a channel. */
export function wavOf(channels: readonly number[][], rate: number): Buffer {
  const frame = 2 * channels.length;
  const size = frame * channels[0].length;
  const file = Buffer.alloc(44 + size);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + size, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * frame, 28);
  file.writeUInt16LE(frame, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(size, 40);
  channels.forEach((samples, channel) => {
    samples.forEach((sample, at) => {
      file.writeInt16LE(Math.round(sample * 32767), 44 + frame * at + 2 * channel);
    });
  });
  return file;
}

/** A sine of so many seconds. */
export const tone = (hertz: number, seconds: number, rate: number, amplitude = 0.5): number[] =>
  Array.from(
    { length: Math.round(seconds * rate) },
    (_, at) => amplitude * Math.sin((2 * Math.PI * hertz * at) / rate),
  );

/** White noise, the same for the same seed. */
export function noise(seed: number, seconds: number, rate: number, amplitude = 0.2): number[] {
  const stream = randomStream(seed, 'testkit/noise');
  return Array.from({ length: Math.round(seconds * rate) }, () => amplitude * stream.normal());
}

/** A folder with ten clips of a low tone, of a high tone and of noise each, none like another. */
export async function soundFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const rate = 8000;
  for (let i = 0; i < 10; i++) {
    const hiss = noise(i, 0.3, rate, 0.02);
    const hissing = (samples: number[]) => [samples.map((value, at) => value + hiss[at])];
    await writeFiles(folder, {
      [`low/${i}.wav`]: wavOf(hissing(tone(350 + 10 * i, 0.3, rate)), rate),
      [`high/${i}.wav`]: wavOf(hissing(tone(2000 + 40 * i, 0.3, rate)), rate),
      [`noise/${i}.wav`]: wavOf([noise(100 + i, 0.3, rate)], rate),
    });
  }
  return folder;
}

/** A folder with so many small pictures of each of three colours, light and dark ones. */
export async function colourFolder(each = 10): Promise<string> {
  const folder = await temporaryFolder();
  for (const [channel, name] of ['red', 'green', 'blue'].entries()) {
    for (let i = 0; i < each; i++) {
      const colour = [20 + i, 20, 20 + i];
      colour[channel] = 150 + 5 * i;
      await writeFiles(folder, { [`${name}/${i}.png`]: await plainPng(colour) });
    }
  }
  return folder;
}
