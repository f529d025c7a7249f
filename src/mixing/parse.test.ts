import { describe, expect, test } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { parseMixing } from './parse.ts';

describe('the name of a law', () => {
  test.each([
    ['even', 'even'],
    ['shake-shake', 'shake-shake'],
    ['shake-shake:forward=shake,backward=shake,level=image,strength=1.0', 'shake-shake'],
    ['shake-shake:strength=0.50,backward=keep', 'shake-shake:backward=keep,strength=0.5'],
    ['shake-shake:level=batch,forward=even', 'shake-shake:forward=even,level=batch'],
    ['shake-shake:strength=1e-7', 'shake-shake:strength=1e-7'],
    ['sub-band:backward=even,bands=3', 'sub-band:bands=3,backward=even'],
    ['shake-drop:last=0.50,gate=image', 'shake-drop:gate=image'],
    ['stochastic-depth:last=0', 'stochastic-depth:last=0'],
  ])('%s becomes %s, defaults left out, and means the same law', (text, name) => {
    expect(parseMixing(text).name).toBe(name);
    expect(parseMixing(name).name).toBe(name);
  });
});

describe('a bad law points at what is wrong', () => {
  test.each([
    ['shake', 0, 'no law has this name; the laws are even, shake-shake, sub-band'],
    ['', 0, 'no law has this name; the laws are even, shake-shake, sub-band'],
    ['toString', 0, 'no law has this name'],
    ['even:level=image', 5, "even has no option 'level'; it takes none"],
    ['shake-shake:', 12, "shake-shake has no option ''"],
    [
      'shake-shake:level=image,forwrd=even',
      24,
      "no option 'forwrd'; its options are forward, backward, level, strength",
    ],
    ['shake-shake:__proto__=1', 12, "no option '__proto__'"],
    ['shake-shake:forward', 12, 'an option needs a value; write forward=…'],
    ['shake-shake:level=image,level=batch', 24, 'level is given twice; leave out one'],
    [
      'shake-shake:level=batch,forward=keep',
      32,
      'forward must be one of shake, even; the default is shake',
    ],
    ['shake-shake:backward=keep=1', 21, 'backward must be one of shake, even, keep'],
    ['shake-shake:forward=', 20, 'forward must be one of shake, even'],
    ['shake-shake:strength=0', 21, 'strength must be a number above 0 and at most 1'],
    ['shake-shake:strength=1.01', 21, 'strength must be a number above 0 and at most 1'],
    ['shake-shake:strength=half', 21, 'strength must be a number above 0 and at most 1'],
    ['shake-shake:strength=', 21, 'the default is 1'],
    ['stochastic-depth:last=', 22, 'last must be a number from 0 to 1; the default is 0.5'],
    ['shake-drop:last=-0.1', 16, 'last must be a number from 0 to 1'],
    ['shake-drop:alpha=Infinity', 17, 'alpha must be a number from 0 on; the default is 1'],
    ['sub-band:bands=2.5', 15, 'bands must be a whole number from 1; the default is 2'],
    ['sub-band:bands=0', 15, 'bands must be a whole number from 1'],
  ])("'%s' at column %d", (text, column, message) => {
    const parse = () => parseMixing(text);
    expect(parse).toThrow(RequestError);
    expect(parse).toThrow(`mixing '${text}': `);
    expect(parse).toThrow(message);
    expect(parse).toThrow(new RegExp(`\n {${column + 2}}\\^+$`));
  });
});

fuzzText('mixing laws', {
  valid: ['even', 'shake-shake', 'shake-shake:forward=even,backward=keep,level=batch,strength=0.5'],
  parse: parseMixing,
  accepted: ({ name }) => expect(parseMixing(name).name).toBe(name),
  words: ['shake-shake:', 'forward=', ',backward=', 'keep', ',level=image', 'strength=', '1e-7'],
});
