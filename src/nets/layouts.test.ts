import { describe, expect, test } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { namedLayouts, parseLayout } from './layouts.ts';

/** The last two lines of the error: the layout, and what the caret points at. */
function complaint(text: string): { message: string; pointed: string } {
  try {
    parseLayout(text);
  } catch (error) {
    expect(error).toBeInstanceOf(RequestError);
    const [message, line, carets] = (error as Error).message.split('\n');
    const start = carets.indexOf('^');
    expect(carets.trim()).toMatch(/^\^+$/);
    return { message, pointed: line.slice(start, carets.length) };
  }
  throw new Error(`layout '${text}' was accepted`);
}

describe('names', () => {
  test.each(Object.entries(namedLayouts))('%s is %s', (name, spelled) => {
    const layout = parseLayout(name);
    expect(layout.name).toBe(name);
    expect([...layout.branch, ...layout.after.map((step) => `+ ${step}`)].join(' ')).toBe(spelled);
  });

  test('a string that has a name gets it', () => {
    expect(parseLayout('bn relu conv bn relu conv bn').name).toBe('preact-bn');
    expect(parseLayout('conv bn relu conv bn + relu').name).toBe('postact');
  });

  test('the paper’s layouts, token by token', () => {
    expect(parseLayout('preact').branch).toEqual(['bn', 'relu', 'conv', 'bn', 'relu', 'conv']);
    expect(parseLayout('bn-shake').branch).toEqual(['relu', 'conv', 'relu', 'conv', 'bn']);
    expect(parseLayout('preact-bn').after).toEqual([]);
    expect(parseLayout('postact').after).toEqual(['relu']);
  });
});

describe('strings', () => {
  test.each(['conv', 'bn conv', 'relu bn conv', 'bn bn conv', 'conv conv'])('%s', (text) => {
    const layout = parseLayout(text);
    expect(layout).toEqual({ name: text, branch: text.split(' '), after: [] });
  });

  test('spaces do not matter', () => {
    expect(parseLayout('  conv\n bn   relu  ').name).toBe('conv bn relu');
  });

  test('a ReLU after the addition', () => {
    expect(parseLayout('conv + relu')).toMatchObject({ branch: ['conv'], after: ['relu'] });
  });
});

describe('errors point at the token', () => {
  test.each([
    ['bn rleu conv', 'rleu', 'a step is one of bn, relu, conv'],
    ['BN conv', 'BN', 'a step is one of bn, relu, conv'],
    ['preact-nb', 'preact-nb', 'or name a layout: postact'],
    ['bn relu', 'relu', 'one or two convolutions; add a conv'],
    ['conv bn conv relu conv bn', 'conv', 'one or two convolutions; leave out this conv'],
    ['conv + bn', '+', 'only one relu may follow the addition'],
    ['conv +', '+', 'only one relu may follow the addition'],
    ['conv + relu relu', '+', 'only one relu may follow the addition'],
    ['conv relu+', 'relu+', 'a step is one of'],
  ])('%s', (text, token, rule) => {
    const { message, pointed } = complaint(text);
    expect(pointed).toBe(token);
    expect(message).toContain(`layout '${text}'`);
    expect(message).toContain(rule);
  });

  test('which of two equal tokens', () => {
    const text = 'conv bn conv relu conv';
    expect(() => parseLayout(text)).toThrow(`\n  ${text}\n  ${' '.repeat(18)}^^^^`);
  });

  test.each(['', '+ relu'])('no step at all: %j', (text) => {
    expect(() => parseLayout(text)).toThrow(RequestError);
  });
});

test.each(['constructor', 'toString', '__proto__'])('%s is not a layout', (text) => {
  expect(() => parseLayout(text)).toThrow(RequestError);
});

fuzzText('layouts', {
  valid: [...Object.keys(namedLayouts), ...Object.values(namedLayouts), 'bn conv'],
  parse: parseLayout,
  accepted: (layout) => expect(parseLayout(layout.name)).toEqual(layout),
  words: [' bn ', ' relu ', ' conv ', ' + ', '+ relu', 'preact'],
});
