/** Sound as its file has it. */
export interface Sound {
  /** samples a second */
  rate: number;
  /** from −1 to 1, one list a channel, all of one length; floats may go beyond */
  channels: Float32Array[];
}

/** The channels' mean. */
export function monoOf({ channels }: Sound): Float32Array {
  if (channels.length === 1) return channels[0];
  const mono = new Float32Array(channels[0].length);
  for (const channel of channels) {
    for (let at = 0; at < mono.length; at++) mono[at] += channel[at];
  }
  return mono.map((sum) => sum / channels.length);
}
