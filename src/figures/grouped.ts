import { modelStyle } from './palette.ts';
import { axisLook } from './plot.ts';

/** One thing measured in some category, by one of several series. */
export interface GroupedValue {
  series: number;
  category: number;
  value: number;
}

/** Names of the series, with their colours, and of the categories. */
export interface Names {
  title: string;
  series: readonly string[];
  categories: readonly string[];
}

/** How far from a category's middle its outermost series stand. */
const spread = 0.16;

/** Where a value stands along the axis of categories: of one series always at one side of the middle. */
export const placer =
  ({ series }: Names) =>
  (point: Pick<GroupedValue, 'series' | 'category'>): number =>
    point.category + spread * (2 * point.series - (series.length - 1));

export const legendOf = ({ series }: Names) =>
  series.map((name, index) => ({ name, style: { ...modelStyle(index), dash: '' } }));

/** The axis of categories: its places, its domain and how it looks. */
export function categoryAxis({ categories }: Names) {
  return {
    places: categories.map((_, index) => index),
    domain: [-0.5, categories.length - 0.5],
    look: { ...axisLook, label: null, text: (index: number) => categories[index] },
  };
}
