import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DocumentKind, documentText, parseDocument } from './document.ts';

const box: DocumentKind<{ width: number }> = {
  name: 'box',
  upgrades: [({ size }) => ({ width: size })],
  schema: z.object({ width: z.number() }),
  remedy: 'make another',
};

const parse = (text: string) => parseDocument(text, box, 'box.json');

describe('a document', () => {
  it('is read as it was written, its format passed over', () => {
    const text = documentText(box, { width: 3 });
    expect(text).toBe('{\n  "format": 2,\n  "width": 3\n}\n');
    expect(parse(text)).toEqual({ width: 3 });
  });

  it.each(['{"size":3}', '{"format":1,"size":3}'])('of an older format is read: %s', (text) => {
    expect(parse(text)).toEqual({ width: 3 });
  });

  it('of a newer format is refused, whatever else it says', () => {
    expect(() => parse('{"format":3,"width":3}')).toThrow(
      /^box\.json: box of format 3; .*up to 2; /,
    );
  });

  it.each([
    '',
    'null',
    '[]',
    '3',
    '{"format":2,"size":3}',
    '{"width":3}',
    '{"format":2,"width":"3"}',
  ])('that is damaged is refused: %s', (text) => {
    expect(() => parse(text)).toThrow(/^box\.json: the box is damaged; make another\n/);
  });
});
