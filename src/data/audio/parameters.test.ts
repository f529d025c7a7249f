import { expect, test } from 'vitest';
import { parseSpectrogram, spectrogramDefaults, spectrogramText } from './parameters.ts';

test('what is left out has its default, and the text is read back', () => {
  expect(parseSpectrogram('')).toEqual(spectrogramDefaults);
  const parameters = parseSpectrogram('rate=8000,frames=100,level=full,window=12.5');
  expect(parameters).toMatchObject({ rate: 8000, frames: 100, window: 12.5, mels: 64 });
  expect(parseSpectrogram(spectrogramText(parameters))).toEqual(parameters);
});

test.each([
  ['rate=10', 'rate must be a whole number from 1000 to 192000'],
  ['mels=4.5', 'mels must be a whole number from 4 to 512'],
  ['frames=many', 'frames must be auto or a whole number from 4 to 4096'],
  ['window=0', 'window must be a number of milliseconds above 0'],
  ['level=loud', 'level must be clip or full'],
  ['bands=3', "'bands=3' is not a parameter with a value"],
  ['mels', "'mels' is not a parameter with a value"],
  ['hop=30', 'a hop of 30 ms skips what lies between the windows'],
])('%s is refused', (text, rule) => {
  expect(() => parseSpectrogram(text)).toThrow(`spectrogram ${text}: ${rule}`);
  expect(() => parseSpectrogram(text)).toThrow('the parameters and their defaults are rate=16000');
});
