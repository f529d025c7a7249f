import { useEffect, useRef } from 'preact/hooks';
import { type ImageSize, pixelsOf } from '../../../src/figures/pixels.ts';

interface PictureProps {
  image: Uint8Array | undefined;
  size: ImageSize;
  label: string;
}

/** A small image of a data set, enlarged without smoothing. */
export function Picture({ image, size, label }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !image || image.length === 0) return;
    context.putImageData(new ImageData(pixelsOf(image, size), size.width, size.height), 0, 0);
  }, [image, size]);
  const { width, height } = size;
  return (
    <canvas
      class="picture"
      ref={canvas}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    />
  );
}
