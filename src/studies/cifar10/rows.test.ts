import { describe, expect, it } from 'vitest';
import { RequestError } from '../../errors.ts';
import { defaultRows, parseRows } from './rows.ts';

const namesOf = (text: string): string[] => parseRows(text).map(({ name }) => name);

describe('parseRows', () => {
  it('takes names and groups in the order asked for, each row once', () => {
    expect(namesOf('preact-even, preact,shaken')).toEqual([
      'preact-even',
      'preact',
      'preact-bn',
      'bn-shake',
      'relu-preact',
    ]);
    expect(namesOf('all')).toHaveLength(8);
    expect(namesOf('controls').every((name) => name.endsWith('-even'))).toBe(true);
  });

  it('defaults to the three rows of the paper and a control', () => {
    expect(namesOf(defaultRows)).toEqual(['preact-bn', 'bn-shake', 'preact', 'preact-bn-even']);
  });

  it('says which rows there are', () => {
    expect(() => parseRows('preact,wide')).toThrow(RequestError);
    expect(() => parseRows('preact,wide')).toThrow(/^rows wide: .*choose from all, .*preact-bn/);
  });
});
