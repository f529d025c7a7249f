import type { Objective, Readout } from '../../heads/head.ts';
import type { ExportedNet } from '../exportedNet.ts';
import { pythonObjectives, pythonReadouts } from './headParts.ts';
import { pythonFloat } from './numbers.ts';

/** A readout's class in Python, and its objective as an argument of that. */
const classNames: Record<Readout['kind'], string> = {
  linear: 'Linear',
  cosine: 'Cosine',
  distance: 'Distance',
};
const objectiveArguments: {
  [K in Objective['kind']]: (objective: Extract<Objective, { kind: K }>) => string;
} = {
  'smoothed-labels': ({ smoothing }) => `smoothing=${pythonFloat(smoothing)}`,
  'added-angle': ({ margin }) => `margin=added_angle(${pythonFloat(margin)})`,
  'lower-cosine': ({ margin }) => `margin=lower_cosine(${pythonFloat(margin)})`,
  'multiplied-angle': ({ margin, start, end, rate }) =>
    `margin=multiplied_angle(${[margin, ...[start, end, rate].map(pythonFloat)].join(', ')})`,
  centralised: ({ statistics }) => `statistics='${statistics}'`,
  contrastive: ({ margin }) => `loss=contrastive(${pythonFloat(margin)})`,
  triplet: ({ margin }) => `loss=triplet(${pythonFloat(margin)})`,
};

/** A net's head in Python: what defines it, and what makes it, such as `Cosine(4, 10, 16.0, margin=added_angle(0.5))`. */
export function pythonHead({ readout, objective, net, kind }: ExportedNet): {
  definitions: string[];
  made: string;
} {
  const form = readout ?? { kind: 'linear' };
  const scale = form.kind === 'cosine' ? [scaleOf(form)] : [];
  const loss = objective ? [argumentOf(objective)] : [];
  const given = [net.features, kind.classNames.length, ...scale, ...loss];
  return {
    definitions: [objective ? pythonObjectives[objective.kind] : '', pythonReadouts[form.kind]],
    made: `${classNames[form.kind]}(${given.join(', ')})`,
  };
}

const argumentOf = <K extends Objective['kind']>(
  objective: Extract<Objective, { kind: K }>,
): string => objectiveArguments[objective.kind as K](objective);

const scaleOf = ({ scale }: Extract<Readout, { kind: 'cosine' }>): string =>
  typeof scale === 'number' ? pythonFloat(scale) : `'${scale}'`;
