import type { Split } from '../../data/dataset.ts';
import { drawSprites, mostSpriteSide } from '../../figures/sprites.ts';
import { permutation, randomStream } from '../../random/index.ts';
import type { Model } from '../../runs/open.ts';
import { visibleText } from '../../text/visible.ts';
import type { ExportedFile } from '../formats.ts';

/** As many points as the page moves smoothly. */
const mostPoints = 5000;

/**
 * The projector's files: features of test images as text, their labels, and a sheet of the images.
 * The configuration comes last: half of one would hide the tab for all runs.
 */
export async function projectorFiles({
  trainer,
  dataset,
}: Pick<Model, 'trainer' | 'dataset'>): Promise<ExportedFile[]> {
  const { test, classNames } = dataset;
  const places = placesIn(test);
  const { features, dimensions, labels, predictions } = await trainer.embed(
    'test',
    'evaluate',
    places,
  );
  const rows = Array.from(places, (_, i) =>
    inSpace(features.subarray(i * dimensions, (i + 1) * dimensions)),
  );
  const { png, cell } = await drawSprites(imagesAt(test, places), dataset);
  const nameOf = (label: number) => cellText(classNames[label]);
  const table = Array.from(places, (place, i) =>
    [nameOf(labels[i]), nameOf(predictions[i]), place].join('\t'),
  );
  return [
    { name: 'tensors.tsv', content: lines(rows.map((row) => row.join('\t'))) },
    { name: 'metadata.tsv', content: lines(['label\tprediction\timage', ...table]) },
    { name: 'sprites.png', content: png },
    { name: 'projector_config.pbtxt', content: configuration(cell) },
  ];
}

/** The page shows none of the points where they have fewer than three coordinates. */
const inSpace = (point: Float32Array): number[] =>
  [...point, 0, 0].slice(0, Math.max(3, point.length));

/** All images of a split, or the same so many for every run. */
function placesIn({ count }: Split): Uint32Array {
  return permutation(randomStream(1, 'projector'), count)
    .subarray(0, Math.min(mostPoints, mostSpriteSide ** 2))
    .sort();
}

function imagesAt({ images, count }: Split, places: Uint32Array): Uint8Array[] {
  const size = images.length / count;
  return Array.from(places, (place) => images.subarray(place * size, (place + 1) * size));
}

/** A tab would begin another column, and an empty label shift all that follow. */
const cellText = (name: string): string =>
  visibleText(name).replaceAll(/\s+/g, ' ').trim() || '(none)';

const lines = (rows: readonly string[]): string => `${rows.join('\n')}\n`;

const configuration = ({
  width,
  height,
}: {
  width: number;
  height: number;
}): string => `embeddings {
  tensor_name: "test images"
  tensor_path: "tensors.tsv"
  metadata_path: "metadata.tsv"
  sprite {
    image_path: "sprites.png"
    single_image_dim: ${width}
    single_image_dim: ${height}
  }
}
`;
