// Convolution, direct. Its view is shown row by row in a ring in scratch, zero-padded at both ends.
#pragma once

#include "rows.h"
#include "tile.h"

namespace SHAKELAB_ISA_NAMESPACE {

// A ring of rows in scratch, [kernel][groups][pad + width + pad][channels / groups][16].
struct Ring {
  float* rows;
  int size, groups, channels, width, pad;
  int filled[3];

  int groupFloats() const { return (width + 2 * pad) * (channels / groups) * block; }
  long rowFloats() const { return long(groupFloats()) * groups; }
  long floats() const { return rowFloats() * size; }

  void start(float* scratch) {
    rows = scratch;
    clear(rows, floats());
    for (int& row : filled) row = -1;
  }
  const float* row(int y, int group) const {
    return rows + (y % size) * rowFloats() + long(group) * groupFloats();
  }
  // Makes row y present; `fill` writes one group's channels as [width][channels][16].
  template <class Fill>
  void need(int y, Fill fill) {
    if (filled[y % size] == y) return;
    filled[y % size] = y;
    const int count = channels / groups;
    for (int g = 0; g < groups; ++g)
      fill(g * count, count, const_cast<float*>(row(y, g)) + pad * count * block);
  }
};

inline Ring ringOf(int kernel, int groups, int channels, int width) {
  return Ring{nullptr, kernel, groups, channels, width, kernel / 2, {-1, -1, -1}};
}

inline int64_t convScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const ConvOperands*>(operands);
  const Ring ring = ringOf(o.kernel, o.groups, viewChannels(o.view), viewWidth(o.view));
  return ring.floats() + 2L * o.outChannels * block;
}

// y[co][p] = Σ w[co][ci][k] v[ci][p + k]; weights packed as [group][tile][ky][kx][ci][tile channel].
inline void conv(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const ConvOperands*>(operands);
  const int height = viewHeight(o.view), width = viewWidth(o.view);
  Ring ring = ringOf(o.kernel, o.groups, viewChannels(o.view), width);
  const int in = ring.channels / o.groups, out = o.outChannels / o.groups;
  const int length = o.kernel * in, reach = o.kernel * length;
  const float* weights = pass.arena + o.weights;
  Sums sums{};
  eachPiece(pass, worker, o.outHeight, [&](const Piece& piece) {
    ring.start(worker.scratch);
    if (o.sums >= 0) sums.start(worker.scratch + ring.floats(), o.outChannels);
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      const int top = y * o.stride - ring.pad;
      const int firstTap = max(0, -top), lastTap = min(o.kernel, height - top);
      for (int k = firstTap; k < lastTap; ++k)
        ring.need(top + k, [&](int first, int count, float* to) {
          viewRow(o.view, pass, piece.sampleBlock, top + k, first, count, to);
        });
      float* row = const_cast<float*>(rowOf(pass, o.to, o.outChannels, o.outHeight, o.outWidth,
                                            piece.sampleBlock, y));
      for (int next = 0; next < o.stride; ++next)
        prefetchView(o.view, pass, piece.sampleBlock, top + o.kernel + next);
      prefetchRow<1>(row, long(o.outWidth) * o.outChannels * block);
      for (int g = 0; g < o.groups; ++g)
        for (int c = 0, tile; c < out; c += tile) {
          tile = tileWidth(c, out);
          Segment segments[3];
          for (int k = firstTap; k < lastTap; ++k)
            segments[k - firstTap] = {
                ring.row(top + k, g),
                weights + long(g * out + c) * reach + long(k) * length * tile};
          tileRow(tile, o.outWidth, segments, lastTap - firstTap, length, o.stride * in * block,
                  row + (g * out + c) * block, o.outChannels * block);
        }
      if (o.sums >= 0) addSquares(sums, row, o.outWidth);
    }
    if (o.sums >= 0) sums.finish(pass.arena + o.sums, piece.index);
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE
