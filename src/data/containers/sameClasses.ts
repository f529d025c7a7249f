import { basename } from 'node:path';
import type { Contents } from './contents.ts';
import { refusal } from './refusal.ts';

type Classes = Pick<Contents, 'classNames' | 'firstNumber'>;

/**
 * Refuses files of one data set whose labels mean other classes: a label is a number of a name, and another file's
 * names, or where it begins to count, may not be the same.
 *
 * @param one a file's path and what it says of its classes; `other` likewise
 */
export function refuseOtherClasses(
  [path, one]: readonly [string, Classes],
  [otherPath, other]: readonly [string, Classes],
): void {
  const text = ({ classNames, firstNumber }: Classes) =>
    classNames === null
      ? 'does not name them'
      : `names them ${classNames.slice(0, 8).join(', ')}${classNames.length > 8 ? ', …' : ''}` +
        (firstNumber === undefined ? '' : `, counted from ${firstNumber}`);
  // Digits are named by themselves, whether a file says so or not.
  const areDigits = ({ classNames }: Classes) =>
    classNames === null || String(classNames) === String([...'0123456789']);
  const same = JSON.stringify(one.classNames) === JSON.stringify(other.classNames);
  if (same && one.firstNumber === other.firstNumber) return;
  if (areDigits(one) && areDigits(other) && !one.firstNumber && !other.firstNumber) return;
  throw refusal(
    otherPath,
    `its labels mean other classes than those of ${basename(path)}: it ${text(other)}, that one ${text(one)}`,
    'write all files with the same names in one order and labels counted alike',
  );
}
