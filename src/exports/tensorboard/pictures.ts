import { RequestError } from '../../errors.ts';
import { drawModes } from '../../figures/embeddings.ts';
import type { Frame, FrameHeader } from '../../runs/frames/format.ts';
import type { SummaryValue } from './proto.ts';

/** TensorBoard keeps so many images of a tag, chosen at random of more. */
export const mostPictures = 10;

/** The embedding at a step as a picture; none where the net has run away and points are not finite. */
export async function embeddingPicture(
  { train, evaluate }: Frame,
  { labels }: FrameHeader,
  classNames: readonly string[],
): Promise<SummaryValue[]> {
  const embedding = (features: Float32Array) => {
    return { features, dimensions: 2, count: labels.length, labels, classes: classNames.length };
  };
  try {
    const modes = { trainMode: embedding(train), evaluateMode: embedding(evaluate) };
    return [pictureAt('embedding', await drawModes(modes, classNames))];
  } catch (error) {
    if (error instanceof RequestError) return [];
    throw error;
  }
}

/** Width and height stand in a PNG's first chunk. */
const pictureAt = (tag: string, png: Buffer): SummaryValue => {
  return { tag, kind: 'image', png, width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
};
