/** What the segments before a JPEG file's data say. */
export interface JpegHead {
  /** values a pixel: 1 grey, 3 colours, 4 inks */
  components: number;
  /** whether EXIF may say that the image is to be turned */
  exif: boolean;
}

/** Segments: application data 1, where EXIF lies, and those from C0 to CF that begin a frame. */
const app1 = 0xe1;
const isFrame = (kind: number): boolean =>
  kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind);

/** The head of a JPEG file whose segments follow each other as they should; else null. */
export function jpegHead(bytes: Buffer): JpegHead | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let exif = false;
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; ) {
    const kind = bytes[at + 1];
    if (isFrame(kind)) return { components: bytes[at + 9], exif };
    exif ||= kind === app1;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
