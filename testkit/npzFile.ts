import { crc32 } from 'node:zlib';

/** An array of bytes as numpy's `.npy` file. */
function npyOf(shape: number[], values: Uint8Array): Buffer {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`);
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Buffer.concat([start, header, values]);
}

/** An `.npz` file of byte arrays, stored as `numpy.savez` does. */
export const npzOf = (arrays: Record<string, { shape: number[]; values: Uint8Array }>): Buffer =>
  zipOf(
    Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, values }]) => [
        `${name}.npy`,
        npyOf(shape, values),
      ]),
    ),
  );

/** A zip archive of files by their names, stored as they are. */
export function zipOf(files: Record<string, Uint8Array>): Buffer {
  const [locals, centrals]: Buffer[][] = [[], []];
  let at = 0;
  for (const [name, file] of Object.entries(files)) {
    const path = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(file), 10);
    facts.writeUInt32LE(file.length, 14);
    facts.writeUInt32LE(file.length, 18);
    facts.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, path, file]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, rest, path]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(centrals.length, 4);
  end.writeUInt16LE(centrals.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
