import type { Split } from '../api/client.ts';
import type { ImageSource } from '../api/images.ts';
import { Problem } from './Notice.tsx';
import { Picture } from './Picture.tsx';
import { useImages } from './useImages.ts';

interface SampleProps {
  run: ImageSource;
  split: Split;
  place: number;
  caption: string;
}

/** One sample's image beside its caption. */
export function Sample({ run, split, place, caption }: SampleProps) {
  const images = useImages(run, split, [place]);
  if (!run.images) return <p>{caption}</p>;
  return (
    <figure class="sample">
      <Picture image={images.at(place)} size={run.images} label={caption} />
      <figcaption>{caption}</figcaption>
      {images.problem && <Problem>{images.problem}</Problem>}
    </figure>
  );
}
