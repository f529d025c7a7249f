/**
 * Those bytes again, in memory of their own. `slice` is no such copy where they are a Buffer, as files and
 * streams give them: there it is the same memory, which their owner may write anew.
 */
export const copyOf = (bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes.subarray(start, end));

/** The same memory, not as a Buffer, whose methods differ from those of other arrays. */
export const plainBytes = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/**
 * Puts at each place the piece that `order` names, going around the circles of places.
 *
 * @param size bytes of a piece
 * @param order [pieces], each place once
 */
export function reorder(pieces: Uint8Array, size: number, order: Uint32Array): void {
  const done = new Uint8Array(order.length);
  for (let start = 0; start < order.length; start++) {
    if (done[start]) continue;
    const first = copyOf(pieces, start * size, (start + 1) * size);
    let place = start;
    for (; order[place] !== start; place = order[place]) {
      done[place] = 1;
      pieces.copyWithin(place * size, order[place] * size, (order[place] + 1) * size);
    }
    done[place] = 1;
    pieces.set(first, place * size);
  }
}
