// Convolution forward, direct or by Winograd's tiles. Its view is shown row by row in a ring in
// scratch, zero-padded at both ends.
#pragma once

#include "lineConv.h"
#include "moments.h"
#include "rows.h"
#include "tile.h"
#include "winograd.h"

namespace SHAKELAB_ISA_NAMESPACE {

// A ring of rows in scratch, [size][groups][pad + width + at least pad][channels / groups][16].
struct Ring {
  float* rows;
  int size, groups, channels, pad, width;
  long groupFloats;
  int filled[winogradIn];

  long rowFloats() const { return groupFloats * groups; }
  long floats() const { return rowFloats() * size; }

  // Empties it; what surrounds the pixels is zero, and stays so.
  void start(float* scratch) {
    rows = scratch;
    const long pixel = long(channels / groups) * block, before = pad * pixel, used = before + width * pixel;
    for (long at = 0; at < floats(); at += groupFloats) {
      clear(rows + at, before);
      clear(rows + at + used, groupFloats - used);
    }
    for (int& row : filled) row = -1;
  }
  const float* row(int y, int group) const {
    return rows + (y % size) * rowFloats() + group * groupFloats;
  }
  // Makes row y present; `fill` writes one group's channels to where its row begins.
  template <class Fill>
  void need(int y, Fill fill) {
    if (filled[y % size] == y) return;
    filled[y % size] = y;
    const int count = channels / groups;
    for (int g = 0; g < groups; ++g) fill(g * count, count, const_cast<float*>(row(y, g)));
  }
};

inline Ring ringOf(const ConvOperands& o) {
  const int width = viewWidth(o.view), pad = o.kernel / 2, channels = viewChannels(o.view);
  const int in = channels / o.groups, out = o.to.channels / o.groups;
  const auto ring = [&](int size, long floats) {
    return Ring{nullptr, size, o.groups, channels, pad, width, floats, {}};
  };
  const long pixel = long(in) * block;
  if (o.winograd == 2) return ring(winogradIn, WinogradShape(in, out, width).sourcePixels() * pixel);
  return ring(o.kernel, (width + 2 * pad) * pixel);
}
// One output row of a group, from the view's rows [top + firstTap, top + lastTap); weights packed as
// [group][tile][ky][kx][ci][tile channel].
__attribute__((noinline)) inline void directTiles(const ConvOperands& o, const Ring& ring, int group, int top,
                                                  int firstTap, int lastTap, const float* weights,
                                                  float* to, int toStep) {
  const int in = ring.channels / o.groups, out = o.to.channels / o.groups;
  const int length = o.kernel * in, reach = o.kernel * length;
  tileRows(out, reach, o.to.width, length, o.stride * in * block, to, toStep,
           [&](int c, int tile, Segment* segments) {
             const float* packed = weights + long(group * out + c) * reach;
             for (int k = firstTap; k < lastTap; ++k)
               segments[k - firstTap] = {ring.row(top + k, group), packed + long(k) * length * tile};
             return lastTap - firstTap;
           });
}

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// The output rows of a group that are made together; by strips none are, they are stored at once.
inline long draftFloats(const ConvOperands& o) {
  return (o.winograd == 2 ? winogradOut : 1) * Draft::floats(o.to.width, o.to.channels / o.groups);
}

inline int64_t convScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const ConvOperands*>(operands);
  const Ring ring = ringOf(o);
  const WinogradShape s(ring.channels / o.groups, o.to.channels / o.groups, o.to.width);
  const LineShape line = lineShape(o);
  // The moments, drafts, the ring, and with Winograd's products a row of zeros.
  return Moments::scratch(o.to.channels) + draftFloats(o) +
         (o.winograd == 1 ? (winogradTaps + 1) * line.lineFloats(line.in) + line.lineFloats(line.out)
                          : ring.floats() + (o.winograd ? ring.groupFloats + s.scratch() : 0));
}

inline void showRow(const ConvOperands& o, const Pass& pass, int sampleBlock, int y, Ring& ring) {
  ring.need(y, [&](int first, int count, float* to) {
    viewRow(o.view, pass, sampleBlock, y, first, count, to + ring.pad * count * block);
  });
}

// Four output rows from `y` on, as far as they lie above `last`; weights are transformed filters.
inline void winogradRows(const ConvOperands& o, const Pass& pass, int sampleBlock, int y, int last,
                         Ring& ring, float* drafts, float* scratch) {
  const WinogradShape s(ring.channels / o.groups, o.to.channels / o.groups, o.to.width);
  const int height = viewHeight(o.view);
  float* zeros = scratch;
  const int rowCount = min(winogradOut, last - y);
  for (int row = max(0, y - 1); row < min(height, y + winogradIn - 1); ++row)
    showRow(o, pass, sampleBlock, row, ring);
  for (int g = 0; g < o.groups; ++g) {
    const float* source[winogradIn];
    float* to[winogradOut];
    const Draft draft{pass, o.to, g * s.out, s.out, drafts};
    // The rows that the next tiles need, some with each group.
    for (int next = g; next < winogradOut; next += o.groups)
      prefetchView(o.view, pass, sampleBlock, y + winogradIn - 1 + next);
    for (int i = 0; i < winogradIn; ++i) {
      const int row = y - 1 + i;
      source[i] = row >= 0 && row < height ? ring.row(row, g) : zeros;
    }
    for (int i = 0; i < rowCount; ++i) to[i] = draft.row(sampleBlock, y + i, i);
    const long filters = winogradPoints * winogradSpread(long(s.in) * s.out);
    winogradRow(s, source, pass.arena + o.weights + g * filters, to, rowCount, draft.step(),
                Draft::inPlace, scratch + ring.groupFloats);
    for (int i = 0; i < rowCount; ++i) draft.keep(sampleBlock, y + i, i);
  }
}

// One output row.
inline void directRow(const ConvOperands& o, const Pass& pass, int sampleBlock, int y, Ring& ring,
                      float* drafts) {
  const int out = o.to.channels / o.groups;
  const int top = y * o.stride - ring.pad;
  const int firstTap = max(0, -top), lastTap = min(o.kernel, viewHeight(o.view) - top);
  for (int k = firstTap; k < lastTap; ++k) showRow(o, pass, sampleBlock, top + k, ring);
  if (asksAhead(pass))
    prefetchRow<1>(rowOf(pass, o.to, sampleBlock, y), long(o.to.width) * o.to.channels * block);
  for (int g = 0; g < o.groups; ++g) {
    const Draft draft{pass, o.to, g * out, out, drafts};
    directTiles(o, ring, g, top, firstTap, lastTap, pass.arena + o.weights, draft.row(sampleBlock, y),
                draft.step());
    draft.keep(sampleBlock, y);
  }
}

// y[co][p] = Σ w[co][ci][k] v[ci][stride p + k], and its moments for the batch norm that follows.
inline void conv(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const ConvOperands*>(operands);
  Ring ring = ringOf(o);
  float* const drafts = worker.scratch + Moments::scratch(o.to.channels);
  float* const ringRows = drafts + draftFloats(o);
  float* const rest = ringRows + ring.floats();
  if (o.winograd == 2) clear(rest, ring.groupFloats);
  Moments moments{};
  eachPiece(pass, worker, o.to.height, [&](const Piece& piece) {
    moments.start(worker.scratch, o.to.channels);
    if (o.winograd == 1) lineRows(o, pass, piece, moments, ringRows);
    else ring.start(ringRows);
    const int step = o.winograd == 2 ? winogradOut : 1;
    for (int y = piece.firstRow; o.winograd != 1 && y < piece.lastRow; y += step) {
      if (o.winograd == 2)
        winogradRows(o, pass, piece.sampleBlock, y, piece.lastRow, ring, drafts, rest);
      else
        directRow(o, pass, piece.sampleBlock, y, ring, drafts);
      for (int row = y; o.sums >= 0 && row < min(y + step, piece.lastRow); ++row)
        moments.add(rowOf(pass, o.to, piece.sampleBlock, row), o.to.width);
    }
    const long values = long(piece.lastRow - piece.firstRow) * o.to.width;
    if (o.sums >= 0) moments.finish(pass.arena + o.sums, piece.index, values);
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
