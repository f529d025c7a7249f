// Gradients of a convolution, both at once: the rows of dy and of the view, once in scratch, serve
// the filter's gradient and the input's.
#pragma once

#include "directFilter.h"
#include "finish.h"
#include "gradientShape.h"
#include "lineGradient.h"
#include "rows.h"
#include "tile.h"
#include "winogradFilter.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Rows [from, from + count) become the first.
inline void moveRows(float* rows, int from, int count, long rowFloats) {
  __builtin_memmove(rows, rows + from * rowFloats, sizeof(float) * count * rowFloats);
}

// Clears what surrounds the pixels of a row of so many floats; where these begin.
inline float* padded(float* row, long floats, int pad, int width, int channels) {
  const long edge = long(pad) * channels * block, used = edge + long(width) * channels * block;
  clear(row, edge);
  clear(row + used, floats - used);
  return row + edge;
}

// dv[ci][p] = Σ w[co][ci][k] dy[co][(p - k) / stride] for one row; weights packed with the kernel
// flipped, as [tile][ky][kx][co][tile channel].
__attribute__((noinline)) inline void inputRow(const Chunk& chunk, const float* weights, int y, float* to,
                                               int toStep) {
  const GradientShape& s = chunk.shape;
  const long reach = long(s.kernel) * s.kernel * s.out;
  for (int phase = 0; phase < s.stride; ++phase)
    tileRows(s.in, reach, (s.width - phase + s.stride - 1) / s.stride, s.stride == 1 ? s.kernel * s.out : s.out,
             s.out * block, to + phase * toStep, s.stride * toStep, [&](int c, int tile, Segment* segments) {
      const float* packed = weights + c * reach;
      int used = 0;
      for (int ky = 0; ky < s.kernel; ++ky) {
        const int row = y + ky - s.pad;  // of dy, times the stride
        if (row < 0 || row % s.stride || row / s.stride >= s.dyHeight) continue;
        const float* dy = chunk.dyRow(row / s.stride);
        const float* w = packed + long(ky) * s.kernel * s.out * tile;
        if (s.stride == 1) {
          segments[used++] = {dy, w};
          continue;
        }
        for (int kx = 0; kx < s.kernel; ++kx) {
          const int column = phase + kx - s.pad;  // of dy, times the stride
          if (column % s.stride) continue;
          segments[used++] = {dy + (column / s.stride + s.pad) * s.out * block, w + long(kx) * s.out * tile};
        }
      }
      return used;
    });
}

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// The rows of the input's gradient that are made together, in scratch where they are not yet what is stored; by
// strips none are, they are stored at once.
inline long draftFloats(const GradientShape& s) {
  const long row = s.whole ? long(s.width) * s.in * block : Draft::floats(s.width, s.in);
  return (s.winograd == 2 ? winogradOut : 1) * row;
}

inline int64_t convGradientScratch(const int32_t* operands) {
  const GradientShape s(*reinterpret_cast<const ConvGradientOperands*>(operands));
  return s.dyScratch() + s.viewScratch() + 2L * s.in * block + draftFloats(s) + s.filterScratch() +
         s.inputScratch();
}

// The rows that a chunk shares with the one above are moved.
inline void fillChunk(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int group,
                      const Chunk& chunk, bool shared) {
  const GradientShape& s = chunk.shape;
  const int dyTop = chunk.first - s.pad, dyShared = shared ? 2 * s.pad : 0;
  moveRows(chunk.dy, s.rows, dyShared, s.dyFloats);
  for (int q = dyTop + dyShared; q < dyTop + s.dyRows(); ++q) {
    float* row = chunk.dyRow(q);
    if (q < 0 || q >= min(s.dyHeight, chunk.last + s.pad))
      clear(row, s.dyFloats);
    else if (s.winograd == 1)
      gradientLine(o, pass, sampleBlock, group, q, s, row);
    else
      termRow<false>(o.term, pass, sampleBlock, q, group * s.out, s.out,
                     padded(row, s.dyFloats, s.pad, s.dyWidth, s.out));
  }
  const int viewShared = shared && s.winograd != 1 ? max(0, s.kernel - s.stride) : 0;
  moveRows(chunk.view, s.rows * s.stride, viewShared, s.viewFloats);
  for (int y = chunk.top + viewShared; y < chunk.top + s.viewRows(chunk.last - chunk.first); ++y) {
    float* row = chunk.viewRowAt(y);
    if (y < 0 || y >= s.height)
      clear(row, s.viewFloats);
    else if (s.winograd == 1)
      viewLine(o, pass, sampleBlock, group, y, s, row);
    else
      viewRow(o.view, pass, sampleBlock, y, group * s.in, s.in,
              padded(row, s.viewFloats, s.pad, s.width, s.in));
  }
}

// Four rows of the input's gradient from `y` on; `weights` are transformed flipped filters.
inline void winogradInputRows(const Chunk& chunk, const float* weights, int y, float* first, int step, bool asked,
                              float* scratch) {
  const GradientShape& s = chunk.shape;
  const float* source[winogradIn];
  float* to[winogradOut];
  const int rowCount = min(winogradOut, chunk.last - y);
  for (int i = 0; i < winogradIn; ++i) source[i] = chunk.dyRow(y - 1 + i);
  for (int i = 0; i < rowCount; ++i) to[i] = first + long(i) * s.width * step;
  winogradRow(s.tiles(), source, weights, to, rowCount, step, asked, scratch);
}

inline void addInput(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int group,
                     const Chunk& chunk, const Sums& sums, float* drafts, float* scratch) {
  const GradientShape& s = chunk.shape;
  const int first = group * s.in;
  const Draft draft{pass, o.to, first, s.in, drafts};
  const int step = s.whole ? s.in * block : draft.step();
  const long filters = long(s.in) * s.out;
  const float* weights = pass.arena + o.weights +
                         group * (s.winograd ? winogradPoints * winogradSpread(filters)
                                             : filters * s.kernel * s.kernel);
  for (int y = chunk.first * s.stride; y < min(s.height, chunk.last * s.stride); ++y) {
    const int index = s.winograd ? (y - chunk.first) % winogradOut : 0;
    float* row = s.whole ? drafts + long(index) * s.width * step : draft.row(sampleBlock, y, index);
    if (!s.winograd && asksAhead(pass)) prefetchGradient(o, pass, sampleBlock, y + 1, Span{0, s.width}, first, s.in);
    if (!s.winograd)
      inputRow(chunk, weights, y, row, step);
    else if (index == 0)
      winogradInputRows(chunk, weights, y, row, step, Draft::inPlace && !s.whole, scratch);
    if (apart && s.whole) {
      gatherRow(o, pass, sampleBlock, y, first, row, sums);
      continue;
    }
    if (o.view.subsample && o.view.relu)
      rectifyRow(chunk.viewRowAt(y) + s.pad * s.in * block, s.width, s.in, row, step);
    else
      finishRow(o, pass, sampleBlock, y, first, row, step, sums);
    draft.keep(sampleBlock, y, index);
  }
}

// Both gradients of one group of a piece: a sample block, or a band of its rows. Its filter's gradient goes to
// partials[piece][group], as [co][ky][kx][ci], or as [ky][kx][ci][co] (channelsInLanes).
inline void gradientsOfPiece(const ConvGradientOperands& o, const Pass& pass, float* scratch, const GradientShape& s,
                             int piece, int group) {
  const WinogradFilterShape tiles = s.filterTiles();
  float* const view = scratch + s.dyScratch();
  float* const sumLanes = view + s.viewScratch();
  float* const drafts = sumLanes + 2L * s.in * block;
  float* const filterScratch = drafts + draftFloats(s);
  float* const inputScratch = filterScratch + s.filterScratch();
  const int bands = bandsOf(o.view.of.height), sampleBlock = piece / bands, band = piece % bands;
  const int top = s.dyHeight * band / bands, last = s.dyHeight * (band + 1) / bands;
  float* const partial = pass.arena + o.partials + (long(piece) * o.groups + group) * s.out * s.reach;
  if (s.winograd != 2) clear(filterScratch, s.filterScratch());
  Sums sums{};
  sums.start(sumLanes, s.in);
  for (int first = top; first < last; first += s.rows) {
    const Chunk chunk{s, scratch, view, first, min(last, first + s.rows),
                      first * s.stride - (s.winograd == 1 ? 0 : s.pad)};
    fillChunk(o, pass, sampleBlock, group, chunk, first > top);
    if (s.winograd == 1)
      addFilterLines(chunk, filterScratch);
    else if (s.winograd)
      addWinogradFilter(tiles, chunk.dyRow(first) + s.out * block, s.dyFloats, chunk.view, s.viewFloats,
                        chunk.last - first, first > top, filterScratch);
    else if (s.turned())
      addTurned(chunk, filterScratch);
    else
      addFilter(chunk, filterScratch);
    if (o.to.slot < 0) continue;
    if (s.winograd == 1) addInputLines(o, pass, sampleBlock, group, chunk, sums, inputScratch);
    else addInput(o, pass, sampleBlock, group, chunk, sums, drafts, inputScratch);
  }
  if (s.winograd == 2) restoreFilter(tiles, tiles.products(filterScratch), partial);
  else if (s.winograd) restoreLines(s.in, s.out, filterScratch, inputScratch, partial);
  else if (s.turned()) keepTurned(s, filterScratch, partial);
  else laneSums(filterScratch, s.out * s.reach, partial);
  if (o.sums >= 0) sums.finish(pass.arena + o.sums, piece, group * s.in, s.in * o.groups);
}

// A task is a group of a piece; or a piece, where its groups add to the same gradient; or a sample block, where a path's
// rows add to those above.
inline void convGradient(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const ConvGradientOperands*>(operands);
  const GradientShape s(o);
  const int bands = bandsOf(o.view.of.height), units = pass.samples / block * bands * o.groups;
  const int together = s.whole ? o.groups * (o.view.subsample ? bands : 1) : 1, tasks = units / together;
  const int end = tasks * (worker.part + 1) / worker.parts * together;
  for (int i = tasks * worker.part / worker.parts * together; i < end; ++i)
    gradientsOfPiece(o, pass, worker.scratch, s, i / o.groups, i % o.groups);
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
