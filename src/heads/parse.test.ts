import { expect, test } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { parseHead } from './parse.ts';

test('parseHead finds a head by its own name', () => {
  expect(parseHead(parseHead('softmax').name).name).toBe('softmax');
});

test('options leave the defaults out', () => {
  expect(parseHead('arcface:scale=16,margin=0.3').name).toBe('arcface:margin=0.3');
});

test('a wrong option points at itself', () => {
  expect(() => parseHead('arcface:margin=4')).toThrow(
    'margin must be an angle from 0 to below π; the default is 0.5',
  );
});

test.each(['', 'nonsense', 'toString'])("parseHead('%s') names the heads there are", (text) => {
  const parse = () => parseHead(text);
  expect(parse).toThrow(RequestError);
  expect(parse).toThrow(
    `head '${text}': no head has this name; the heads are softmax, ccl, l-softmax`,
  );
});

fuzzText('heads', {
  valid: ['softmax'],
  parse: parseHead,
  accepted: ({ name }) => expect(parseHead(name).name).toBe(name),
  words: ['softmax:', ',', 'm=4', 's=8'],
});
