import { describe, expect, test } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { limits } from '../limits.ts';
import { layoutText, namedLayouts, parseLayout } from './layouts.ts';

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
    expect(layoutText(layout)).toBe(spelled);
  });

  test('a string that has a name gets it', () => {
    expect(parseLayout('bn relu conv bn relu conv bn').name).toBe('preact-bn');
    expect(parseLayout('conv bn relu conv bn + relu').name).toBe('postact');
  });

  test('the paper’s layouts, token by token', () => {
    const [bn, relu, conv] = [{ kind: 'bn' }, { kind: 'relu' }, { kind: 'conv', kernel: 3 }];
    expect(parseLayout('preact').branch).toEqual([bn, relu, conv, bn, relu, conv]);
    expect(parseLayout('bn-shake').branch).toEqual([relu, conv, relu, conv, bn]);
    expect(parseLayout('preact-bn').after).toEqual([]);
    expect(parseLayout('postact').after).toEqual(['relu']);
  });
});

test.each(['postact', 'relu-preact', 'preact', 'preact-bn', 'bn-shake'])(
  'bottleneck-%s has the same steps before, between and after its convolutions',
  (name) => {
    const between = (spelled: string) => spelled.split(/conv1?/);
    const [first, middle, last] = between(namedLayouts[name]);
    const bottleneck = `bottleneck-${name}`;
    expect(between(namedLayouts[bottleneck])).toEqual([first, middle, middle, last]);
    const kernels = parseLayout(bottleneck).branch.flatMap((step) =>
      step.kind === 'conv' ? [step.kernel] : [],
    );
    expect(kernels).toEqual([1, 3, 1]);
  },
);

describe('strings', () => {
  test.each([
    'conv',
    'bn conv',
    'relu bn conv',
    'bn bn conv',
    'conv conv',
    'conv1',
    'conv conv1 conv',
    'dropout=0.5 conv',
  ])('%s', (text) => {
    const layout = parseLayout(text);
    expect(layout).toMatchObject({ name: text, after: [] });
    expect(layoutText(layout)).toBe(text);
  });

  test('conv1 is a convolution of 1×1', () => {
    expect(parseLayout('conv1').branch).toEqual([{ kind: 'conv', kernel: 1 }]);
  });

  test.each([
    ['dropout', 0.3],
    ['dropout=0.25', 0.25],
    ['dropout=.5', 0.5],
    ['dropout=0', 0],
  ])('%s drops %d', (token, rate) => {
    expect(parseLayout(`conv ${token}`).branch[1]).toEqual({ kind: 'dropout', rate });
  });

  test('a rate written otherwise is the same layout', () => {
    expect(parseLayout('bn relu conv bn relu dropout conv').name).toBe('preact-dropout');
    expect(parseLayout('conv dropout=0.50').name).toBe('conv dropout=0.5');
  });

  test('spaces do not matter', () => {
    expect(parseLayout('  conv\n bn   relu  ').name).toBe('conv bn relu');
  });

  test('a ReLU after the addition', () => {
    expect(parseLayout('conv + relu')).toMatchObject({
      branch: [{ kind: 'conv' }],
      after: ['relu'],
    });
  });
});

describe('errors point at the token', () => {
  test.each([
    ['bn rleu conv', 'rleu', 'a step is one of bn, relu, conv, conv1, dropout'],
    ['BN conv', 'BN', 'a step is one of bn, relu, conv'],
    ['preact-nb', 'preact-nb', 'or name a layout: postact'],
    ['bn relu', 'relu', 'one to three convolutions; add a conv'],
    ['conv bn conv relu conv conv1', 'conv1', 'one to three convolutions; leave out this conv'],
    ['conv dropout=1 bn', 'dropout=1', 'the rate of a dropout lies in [0, 1); try dropout=0.3'],
    ['conv dropout= bn', 'dropout=', 'the rate of a dropout lies in [0, 1)'],
    ['conv dropout=1e-1', 'dropout=1e-1', 'the rate of a dropout lies in [0, 1)'],
    ['conv dropout=0.1=2', 'dropout=0.1=2', 'a step is one of'],
    ['bn=3 conv', 'bn=3', 'a step is one of'],
    ['conv2', 'conv2', 'a step is one of'],
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
    const text = 'conv bn conv relu conv conv';
    expect(() => parseLayout(text)).toThrow(`\n  ${text}\n  ${' '.repeat(23)}^^^^`);
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

describe('limits', () => {
  const refusal = (text: string): string => {
    try {
      parseLayout(text);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('accepted');
  };

  test('as many steps as allowed are read, one more is named with the limit', () => {
    const most = `${'bn '.repeat(limits.layoutSteps - 1)}conv`;
    expect(parseLayout(most).branch).toHaveLength(limits.layoutSteps);
    expect(refusal(`bn ${most}`)).toContain('257 steps; a layout has at most 256; leave some out');
  });

  test('a text of any length is refused at once, shortened', () => {
    const message = refusal('x'.repeat(10_000_000));
    expect(message).toContain('a layout has at most 4096 letters');
    expect(message.length).toBeLessThan(400);
  });

  test('what is wrong far inside a long text is still pointed at', () => {
    const { pointed } = complaint(`${'bn '.repeat(100)}wrong ${'relu '.repeat(100)}conv`);
    expect(pointed).toBe('wrong');
  });
});
