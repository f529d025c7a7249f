export {
  countOption,
  type Family,
  family,
  numberOption,
  shareOption,
} from './family.ts';
export { parseChoice } from './parse.ts';
