import type { Node } from '../../graph/graph.ts';
import type { Block } from '../../nets/networks.ts';
import type { ExportedNet } from '../exportedNet.ts';
import { pythonHead } from './heads.ts';
import { pythonFloat } from './numbers.ts';

/** The class of a net in Python: its modules spelled out, and what it does with images. */
export function pythonNet(exported: ExportedNet): string {
  const { net, kind } = exported;
  const { mean, std } = kind;
  return [
    'class Net(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    `        mean, std = torch.tensor(${list(mean)}), torch.tensor(${list(std)})`,
    "        self.register_buffer('mean', mean[:, None, None], persistent=False)",
    "        self.register_buffer('std', std[:, None, None], persistent=False)",
    `        self.conv1 = conv(${net.input.channels}, ${net.stem.channels}, 3)`,
    ...(net.stem.finish.includes('bn')
      ? [`        self.bn1 = BatchNorm(${net.stem.channels})`]
      : []),
    ...stages(exported),
    ...(net.end.includes('bn') ? [`        self.bn2 = BatchNorm(${net.features})`] : []),
    `        self.fc = ${pythonHead(exported).made}`,
    '',
    '    def features(self, images, coefficients=None):',
    '        """images: [samples][channels][height][width], values from 0 to 255',
    '',
    '        coefficients: (block, samples) -> alpha and beta, each [samples][bands][branches]; those of',
    '        evaluation when left out',
    '        """',
    '        x = self.conv1((images - self.mean) / self.std)',
    ...finish('bn1', net.stem.finish),
    `        blocks = [${stageNames(net.blocks)
      .map((name) => `*self.${name}`)
      .join(', ')}]`,
    '        for index, block in enumerate(blocks):',
    '            x = block(x, coefficients and coefficients(index, len(x)))',
    ...finish('bn2', net.end),
    '        return x.mean((2, 3))',
    '',
    '    def forward(self, images, coefficients=None):',
    '        """Logits [samples][classes]; their softmax are probabilities."""',
    '        return self.fc(self.features(images, coefficients))',
    ...(exported.objective ? loss : []),
  ].join('\n');
}

const loss = [
  '',
  '    def loss(self, images, labels, coefficients=None):',
  '        """What the net was trained by, the mean over a batch; labels: [samples], places in CLASSES"""',
  '        return self.fc.loss(self.features(images, coefficients), labels)',
];

const finish = (norm: string, steps: string[]): string[] =>
  steps.map((step) => `        x = ${step === 'bn' ? `self.${norm}(x)` : 'F.relu(x)'}`);

const list = (values: ArrayLike<number>): string =>
  `[${Array.from(values, pythonFloat).join(', ')}]`;

const stageOf = ({ name }: Block): number => Number(/\d+/.exec(name)![0]);

const stageNames = (blocks: Block[]): string[] =>
  [...new Set(blocks.map(stageOf))].map((stage) => `layer${stage}`);

function stages(exported: ExportedNet): string[] {
  const { blocks } = exported.net;
  return stageNames(blocks).flatMap((name) => [
    `        self.${name} = nn.Sequential(`,
    ...blocks
      .filter((block) => `layer${stageOf(block)}` === name)
      .flatMap((block) => blockLines(exported, block)),
    '        )',
  ]);
}

const projections = { paths: 'Paths', 'conv-bn': 'Projection', 'preact-conv': 'Shortcut' };

function blockLines({ net, graph, coefficients }: ExportedNet, block: Block): string[] {
  const { branches, inChannels, outChannels, stride } = block;
  const alpha = coefficients(net.blocks.indexOf(block), branches);
  const bands = Array.from({ length: alpha.length / branches }, (_, band) =>
    list(alpha.subarray(band * branches, (band + 1) * branches)),
  );
  const skip = `skip=${projections[net.projection]}(${inChannels}, ${outChannels}, ${stride})`;
  const options = [
    ...(block.skip === 'project' ? [skip] : []),
    ...(net.layout.after.length > 0 ? ['relu=True'] : []),
  ];
  const steps = branchSteps(graph.nodes, net.layout.branch.length, block);
  const indent = ' '.repeat(16);
  return [
    '            Block(',
    `${indent}[${steps.join(', ')}],`,
    `${indent}${[`[${bands.join(', ')}]`, ...options].join(', ')},`,
    '            ),',
  ];
}

/** The ops of a block's branches in their order: they come first of the block's. */
function branchSteps(nodes: Node[], count: number, { name }: Block): string[] {
  const own = nodes.filter(({ part }) => part === name).slice(0, count);
  return own.map((node) => moduleOf(node));
}

function moduleOf({ op, inputs: [input], shape }: Node): string {
  if (op.kind === 'relu') return 'nn.ReLU()';
  if (op.kind === 'dropout') return `nn.Dropout(${op.rate})`;
  if (op.kind === 'batchNorm') {
    return `BatchNorm(${[input.shape.channels, ...(op.copies > 1 ? [op.copies] : [])].join(', ')})`;
  }
  if (op.kind !== 'conv') throw new Error(`a branch has no ${op.kind}`);
  const { kernel, stride, groups } = op;
  const sizes = [input.shape.channels, shape.channels, kernel];
  const options = [
    ...(stride > 1 ? [`stride=${stride}`] : []),
    ...(groups > 1 ? [`groups=${groups}`] : []),
  ];
  return `conv(${[...sizes, ...options].join(', ')})`;
}
