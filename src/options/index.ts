export {
  countOption,
  type Family,
  family,
  numberOption,
  positiveOption,
  shareOption,
} from './family.ts';
export { parseChoice } from './parse.ts';
