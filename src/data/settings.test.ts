import { expect, test } from 'vitest';
import {
  canonicalSettings,
  defaultSettings,
  settingNamed,
  settingNames,
  settingsIn,
  settingValues,
} from './settings.ts';

test('what a setting says where nothing is said is its own canonical text', () => {
  for (const name of settingNames) {
    const { initial, parse, text } = settingNamed(name);
    expect(text(parse(initial))).toBe(initial);
  }
});

test('its example is read, and so are all its choices', () => {
  for (const name of settingNames) {
    const { example, choices = [], parse } = settingNamed(name);
    for (const text of [example, ...choices]) expect(() => parse(text)).not.toThrow();
  }
});

test('texts become values; those left out have their defaults', () => {
  expect(settingValues({ imageSize: '8x6' })).toMatchObject({
    imageSize: { height: 8, width: 6 },
    imageChannels: 'auto',
    spectrogram: { rate: 16_000, mels: 64 },
  });
  expect(() => settingValues({ imageSize: 'big' })).toThrow('imageSize big');
});

test('settings are picked from among other things, and brought to one text', () => {
  const given = { ...defaultSettings, imageSize: '8x8', spectrogram: 'mels=40', seed: 3 };
  const picked = settingsIn(given);
  expect(Object.keys(picked)).toEqual(settingNames);
  expect(canonicalSettings(picked)).toMatchObject({
    imageSize: '8',
    spectrogram: 'rate=16000,window=25,hop=10,mels=40,frames=auto,range=80,level=clip',
  });
});
