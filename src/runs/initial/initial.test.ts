import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../../data/datasets.ts';
import { RequestError } from '../../errors.ts';
import { torchName } from '../../nets/torchNames.ts';
import { isOfNet, type NamedTensors } from '../../training/state.ts';
import { parseConfig } from '../config.ts';
import { readRecord } from '../folder.ts';
import { runTraining } from '../lifecycle.ts';
import { openModel } from '../open.ts';
import { encodeSafetensors } from '../safetensors.ts';
import { beginWithWeights } from './begin.ts';
import { fitWeights } from './fit.ts';
import { weightsIn } from './weightFile.ts';

const small = { dataset: 'digits', net: 'resnext-8-2x2d', batch: 16, trainSize: 48, epochs: 2 };

let root: string;
let source: NamedTensors;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-initial-'));
  source = await initialState({ seed: 7 });
  await writeFile(join(root, 'model.safetensors'), fileOf(source));
});
afterAll(() => rm(root, { recursive: true }));

const dataset = () => openDataset('digits', { trainSize: 48, testSize: 16 });
const modelOf = async (values: Record<string, unknown>) =>
  openModel(parseConfig({ ...small, ...values }), { dataset: await dataset(), threads: 1 });

/** The tensors of a net before its first step. */
async function initialState(values: Record<string, unknown>): Promise<NamedTensors> {
  const { trainer } = await modelOf(values);
  const { tensors } = await trainer.state();
  trainer.close();
  return tensors;
}

/** A net's tensors as a file, under PyTorch's names. */
const fileOf = (tensors: NamedTensors, metadata: Record<string, string> = {}): Uint8Array =>
  encodeSafetensors({
    tensors: new Map(
      [...tensors]
        .filter(([name]) => isOfNet(name))
        .map(([name, tensor]) => [torchName(name), tensor]),
    ),
    metadata,
  });

const file = (name: string) => join(root, name);

/** The tensors of a net that begins with a file. */
async function begun(values: Record<string, unknown>) {
  const model = await modelOf(values);
  try {
    const beginning = await beginWithWeights(model);
    return { beginning: beginning!, tensors: (await model.trainer.state()).tensors };
  } finally {
    model.trainer.close();
  }
}

describe('a net that begins with a file', () => {
  it('has its weights to the bit, in its averages too, and no momentum', async () => {
    const { tensors, beginning } = await begun({
      init: file('model.safetensors'),
      averageDecay: 0.9,
    });
    expect(beginning).toMatchObject({ record: { head: 'taken' }, notes: [] });
    expect(beginning.record.sha256).toMatch(/^[0-9a-f]{64}$/);
    for (const [name, { data }] of source) {
      if (!isOfNet(name)) continue;
      expect(tensors.get(name)!.data, name).toEqual(data);
      expect(tensors.get(`average.${name}`)!.data, name).toEqual(data);
    }
    expect(tensors.get('momentum.head.weight')!.data.every((value) => value === 0)).toBe(true);
  });

  it('draws the head anew for other classes, and says why', async () => {
    const drawn = await initialState({});
    const classes = JSON.stringify(['cat', 'dog']);
    await writeFile(file('named.safetensors'), fileOf(source, { classes }));
    const cut = new Map(source);
    cut.set('head.weight', { shape: [2, 16], data: new Float32Array(32) });
    await writeFile(file('cut.safetensors'), fileOf(cut));
    const headless = new Map([...source].filter(([name]) => !name.startsWith('head.')));
    await writeFile(file('headless.safetensors'), fileOf(headless));
    for (const [name, why] of [
      ['named', /of other classes/],
      ['cut', /another shape/],
      ['headless', /the file has none/],
    ] as const) {
      const { tensors, beginning } = await begun({ init: file(`${name}.safetensors`) });
      expect(beginning.record.head).toBe('drawn');
      expect(beginning.notes.join()).toMatch(why);
      expect(tensors.get('head.weight')).toEqual(drawn.get('head.weight'));
      expect(tensors.get('stem.conv.weight')).toEqual(source.get('stem.conv.weight'));
    }
  });
});

describe('a run that begins with a file', () => {
  const events = async (folder: string, init: string, most = Infinity) => {
    const config = parseConfig({ ...small, init, freeze: '1', bodyRate: 0.5 });
    const options = { folder, config, threads: 1, resume: true, checkpointSeconds: 0 };
    let seen = 0;
    for await (const event of runTraining({ ...options, dataset: await dataset() }))
      if (++seen === most || event.kind === 'done') break;
    return readFile(join(folder, 'checkpoint.safetensors'), 'base64').catch(() => null);
  };

  it('records the digest, and ends with the same bits broken off and resumed without the file', async () => {
    const init = file('gone.safetensors');
    await writeFile(init, await readFile(file('model.safetensors')));
    const whole = await events(file('whole'), init);
    const { init: recorded, config } = await readRecord(file('whole'));
    expect(recorded).toMatchObject({
      head: 'taken',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(config).toMatchObject({ init, freeze: '1', bodyRate: 0.5 });
    await events(file('broken'), init, 5);
    await rm(init);
    expect(await events(file('broken'), init)).toBe(whole);
    expect(whole).not.toBe(null);
  });

  it('is refused another file where it begins anew', async () => {
    const init = file('changed.safetensors');
    await writeFile(init, await readFile(file('model.safetensors')));
    await events(file('unsaved'), init, 1);
    await writeFile(init, fileOf(source, { note: 'another' }));
    await expect(events(file('unsaved'), init)).rejects.toThrow(
      /the file has changed.*put the old file back/,
    );
  });
});

/** A weight file from parts, its header in the order given. */
function crafted(tensors: [name: string, dtype: string, shape: number[], bytes: number[]][]) {
  let at = 0;
  const entries = tensors.map(([name, dtype, shape, bytes]) => {
    const begin = at;
    at += bytes.length;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, at] })}`;
  });
  const header = Buffer.from(`  {${entries.toReversed().join(',')}}`);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.from(tensors.flatMap(([, , , bytes]) => bytes))]);
}

const own: NamedTensors = new Map([
  ['stem.conv.weight', { shape: [2], data: new Float32Array(2) }],
  ['momentum.stem.conv.weight', { shape: [2], data: new Float32Array(2) }],
  ['head.weight', { shape: [1, 2], data: new Float32Array(2) }],
]);
const fittedIn = (bytes: Uint8Array) =>
  fitWeights({ path: 'f', digest: '', ...weightsIn(bytes, 'f') }, own, ['a']);
const bytesOf = (data: Float32Array | Float64Array) => [...new Uint8Array(data.buffer)];
const one: [string, string, number[], number[]] = [
  'fc.weight',
  'F32',
  [1, 2],
  bytesOf(Float32Array.of(3, 4)),
];

describe('weights', () => {
  it.each([
    ['F64', bytesOf(Float64Array.of(1.5, -2))],
    ['F32', bytesOf(Float32Array.of(1.5, -2))],
    ['F16', [0x00, 0x3e, 0x00, 0xc0]],
    ['BF16', [0xc0, 0x3f, 0x00, 0xc0]],
  ])('of type %s are read, unaligned, keys in any order', (dtype, bytes) => {
    const counted = ['bn1.num_batches_tracked', 'U8', [1], [9]] as [
      string,
      string,
      number[],
      number[],
    ];
    const { tensors, headLeft } = fittedIn(
      crafted([counted, ['conv1.weight', dtype, [2], bytes], one]),
    );
    expect(headLeft).toBe(null);
    expect([...tensors.get('stem.conv.weight')!.data]).toEqual([1.5, -2]);
    expect([...tensors.get('head.weight')!.data]).toEqual([3, 4]);
  });

  it.each(['module.', '_orig_mod.', 'module._orig_mod.'])('under %s are found', (prefix) => {
    const parts = [one, ['conv1.weight', 'F32', [2], one[3]] as typeof one];
    const wrapped = parts.map(([name, ...rest]) => [prefix + name, ...rest] as typeof one);
    const averaged = ['n_averaged', 'I64', [], Array(8).fill(1)] as unknown as typeof one;
    for (const all of [wrapped, [averaged, ...wrapped]])
      expect([...fittedIn(crafted(all)).tensors.get('stem.conv.weight')!.data]).toEqual([3, 4]);
  });

  const four = bytesOf(Float32Array.of(1, 2));
  const refusals: [string, Uint8Array, RegExp][] = [
    ['a missing tensor', crafted([one]), /conv1\.weight \[2\] is missing; give net, layout/],
    [
      'an unknown one',
      crafted([one, ['x', 'F32', [0], []], ['y', 'F32', [0], []]]),
      /y and 1 more/,
    ],
    [
      'another shape',
      crafted([['conv1.weight', 'F32', [1, 2], four]]),
      /has shape \[1,2\].*needs \[2\]/,
    ],
    [
      'whole numbers',
      crafted([['conv1.weight', 'I32', [2], four]]),
      /is of type I32; weights must be F64/,
    ],
    ['eighths', crafted([['conv1.weight', 'F8_E4M3', [2], [0, 0]]]), /of type F8_E4M3/],
    [
      'NaN',
      crafted([['conv1.weight', 'BF16', [2], [0xc0, 0x7f, 0, 0]]]),
      /conv1\.weight holds a value/,
    ],
    [
      'a value that is too large',
      crafted([['conv1.weight', 'F64', [2], bytesOf(Float64Array.of(1e39, 0))]]),
      /not a finite 32-bit/,
    ],
    [
      'an unknown type',
      crafted([['conv1.weight', 'Q4', [2], [0]]]),
      /'conv1\.weight' wrongly \(dtype/,
    ],
    [
      'what torch.save wrote',
      Buffer.from('PK\x03\x04 archive'),
      /torch\.save writes; .*safetensors\.torch\.save_file/,
    ],
    ['a checkpoint', encodeSafetensors({ tensors: own, metadata: {} }), /export the run first/],
    ['an empty file', new Uint8Array(0), /has 0 bytes/],
  ];
  it.each(refusals)('are refused: %s', (_, bytes, message) => {
    expect(() => fittedIn(bytes)).toThrow(RequestError);
    expect(() => fittedIn(bytes)).toThrow(message);
  });

  it('are refused by name where there is no file', async () => {
    await expect(begun({ init: file('nowhere') })).rejects.toThrow(
      /init .*nowhere: cannot be read/,
    );
    await expect(begun({ init: root })).rejects.toThrow(RequestError);
  });
});
