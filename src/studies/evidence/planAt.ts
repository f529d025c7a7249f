import { joinFlags } from '../commands.ts';
import type { StudyPlan } from '../plan.ts';

const given = String.raw`('[^']*'|\S+)`;
const outFlag = new RegExp(`--out ${given}`);
const dataFlag = new RegExp(` --data ${given}`);

/** A study's plan with its folder elsewhere, and without the folder that its data lay in. */
export function planAt({ settings, command, ...plan }: StudyPlan, out: string): StudyPlan {
  return {
    ...plan,
    ...(settings && { settings: { ...settings, out } }),
    command: command.replace(outFlag, () => joinFlags([['out', out]])).replace(dataFlag, ''),
  };
}
