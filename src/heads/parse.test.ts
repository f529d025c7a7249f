import { expect, test } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { parseHead } from './parse.ts';

test('parseHead finds a head by its own name', () => {
  expect(parseHead(parseHead('softmax').name).name).toBe('softmax');
});

test.each(['', 'cosface', 'toString'])("parseHead('%s') names the heads there are", (text) => {
  const parse = () => parseHead(text);
  expect(parse).toThrow(RequestError);
  expect(parse).toThrow(`head '${text}': no head has this name; the heads are softmax`);
});

fuzzText('heads', {
  valid: ['softmax'],
  parse: parseHead,
  accepted: ({ name }) => expect(parseHead(name).name).toBe(name),
  words: ['softmax:', ',', 'm=4', 's=8'],
});
