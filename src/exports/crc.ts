/** A cyclic redundancy check of 32 bits by its polynomial, least bit first. */
function checkBy(polynomial: number): (bytes: Uint8Array) => number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest;
  });
  return (bytes) => {
    let rest = 0xffffffff;
    for (const byte of bytes) rest = table[(rest ^ byte) & 255] ^ (rest >>> 8);
    return (rest ^ 0xffffffff) >>> 0;
  };
}

/** The check of zip archives; Node has it from 20.15 on. */
export const crc32 = checkBy(0xedb88320);

/** Castagnoli's, that of TensorFlow's records. */
export const crc32c = checkBy(0x82f63b78);
