/**
 * `shakelab/figures`: pure functions from numbers to pictures, text for SVG and bytes for PNG.
 *
 * @module
 */

export type { Pass } from './blockStructure.ts';
export { type BlockDiagram, drawBlock, drawBlocks } from './blocks.ts';
export { type CompactnessCurve, drawClassCompactness, drawCompactness } from './compactness.ts';
export {
  drawEmbeddingGrid,
  drawModes,
  drawPasses,
  type ModelEmbeddings,
  type Passes,
} from './embeddings.ts';
export { drawLearningCurves, type LearningCurve } from './learning.ts';
