import { type ImageSource, useImages } from '../api/images.ts';
import type { Split } from '../api/routes.ts';
import { Picture } from './Picture.tsx';

interface SampleProps {
  run: ImageSource;
  split: Split;
  place: number;
  caption: string;
}

/** One sample's image beside its caption. */
export function Sample({ run, split, place, caption }: SampleProps) {
  const imageAt = useImages(run, split, [place]);
  if (!run.images) return <p>{caption}</p>;
  return (
    <figure class="sample">
      <Picture image={imageAt(place)} size={run.images} label={caption} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
