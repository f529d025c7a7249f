import wavefile, { type WaveFile } from 'wavefile';
import { RequestError } from '../../errors.ts';

/** The decoders of compressed WAV files, by wavefile's name of their bit depth. */
const decoders: Record<string, (wave: WaveFile) => void> = {
  '4': (wave) => wave.fromIMAADPCM(),
  '8a': (wave) => wave.fromALaw(),
  '8m': (wave) => wave.fromMuLaw(),
};

/**
 * The samples of a WAV file, its channels averaged, from −1 to 1; resampled to `rate` samples a
 * second, with a low-pass filter, where the file has another. PCM of any depth, floats, A-law,
 * µ-law and IMA ADPCM are read.
 *
 * @throws RequestError naming a file that is no whole WAV file or holds no samples
 */
export function readWav(bytes: Uint8Array, path: string, rate: number): Float64Array {
  const wave = attempt(path, () => openWave(bytes));
  const fact = wave.data as { chunkSize: number; samples: Uint8Array };
  if (fact.chunkSize > fact.samples.length) {
    throw unreadable(path, `it stops after ${fact.samples.length} of ${fact.chunkSize} bytes`);
  }
  const samples = attempt(path, () => monoSamples(wave, rate));
  if (samples.length > 0) return samples;
  throw unreadable(path, 'it holds no samples');
}

function openWave(bytes: Uint8Array): WaveFile {
  const wave = new wavefile.WaveFile();
  wave.fromBuffer(bytes);
  return wave;
}

function monoSamples(wave: WaveFile, rate: number): Float64Array {
  decoders[wave.bitDepth]?.(wave);
  wave.toBitDepth('32f');
  const { sampleRate } = wave.fmt as { sampleRate: number };
  if (sampleRate !== rate) wave.toSampleRate(rate, { method: 'sinc', LPF: true });
  const channels = [wave.getSamples(false, Float64Array)].flat() as unknown as Float64Array[];
  return channels[0].map(
    (_, at) => channels.reduce((sum, channel) => sum + channel[at], 0) / channels.length,
  );
}

function attempt<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw unreadable(path, (error as Error).message);
  }
}

function unreadable(path: string, reason: string): RequestError {
  return new RequestError(
    `${path}: no sound can be read from it (${reason}); save it as WAV again or remove it`,
  );
}
