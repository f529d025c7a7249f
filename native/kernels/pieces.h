// What kernels share whatever their rows hold: sizes of views, the cut of work into pieces, records of
// batch norms, ways along a row, sums by channel.
#pragma once

#include "operands.h"
#include "vector.h"

namespace SHAKELAB_ISA_NAMESPACE {

using namespace shakelab;

inline int viewChannels(const View& view) {
  return view.of.channels * view.norm.copies * (view.subsample ? 2 : 1);
}
inline int viewHeight(const View& view) {
  return view.subsample ? (view.of.height + view.subsample - 1) / view.subsample : view.of.height;
}
inline int viewWidth(const View& view) {
  return view.subsample ? (view.of.width + view.subsample - 1) / view.subsample : view.of.width;
}

// A fixed cut of the work into sample blocks and bands of rows, whatever the number of threads.
inline int bandsOf(int height) { return height >= kTallRows ? kTallBands : 1; }

struct Piece { int index, sampleBlock, firstRow, lastRow; };

template <class Body>
inline void eachPiece(const Pass& pass, const Worker& worker, int height, Body body) {
  const int bands = bandsOf(height);
  const int pieces = pass.blocks * bands;
  const int end = pieces * (worker.part + 1) / worker.parts;
  for (int i = pieces * worker.part / worker.parts; i < end; ++i) {
    const int band = i % bands;
    body(Piece{i, i / bands, height * band / bands, height * (band + 1) / bands});
  }
}

// A batch norm's record, opened (src/program/operands.ts): per channel C mean and inverse deviation,
// per channel of C * copies scale and shift, and for the gradient dx = slope * g + curve * x + offset.
struct Norm {
  float *mean, *inverse, *scale, *shift, *slope, *curve, *offset;
};

inline Norm openNorm(const NormRecord& norm, const Pass& pass) {
  const auto at = [&](int number) {
    const int wide = max(0, number - kWideNumbers);
    return pass.arena + norm.record + (number - wide + wide * norm.copies) * norm.channels;
  };
  return {at(kMean),  at(kInverse), at(kScale), at(kShift),
          at(kSlope), at(kCurve),   at(kOffset)};
}

// The batch norm that a view applies; all null where it applies none.
inline Norm normOf(const View& view, const Pass& pass) {
  return view.norm.record < 0 ? Norm{} : openNorm(view.norm, pass);
}

// A span of a row's pixels, walked as one, channel by channel.
struct Span {
  static constexpr bool subsampled = false;  // whether views may be
  int first, last;
  template <class Body>
  void each(int channels, Body body) const {
    for (int c = 0; c < channels; ++c) body(c, first, last - first);
  }
};

// A counter that starts at `first` and wraps around at `size`.
struct Wrapped {
  int value, size;
  Wrapped(int first, int wrap) : value(first % wrap), size(wrap) {}
  void next() { value = value + 1 == size ? 0 : value + 1; }
};

// A value's remainder of a few multiples, cheaper than a division.
inline int wrapped(int value, int size) {
  while (value >= size) value -= size;
  return value;
}

// Calls `use` with a flag as a constant.
template <bool Value> struct Flag { static constexpr bool value = Value; };

template <class Use>
inline void withFlag(bool value, Use use) {
  if (value) use(Flag<true>{});
  else use(Flag<false>{});
}

// Per-channel sums of a piece, lane by lane, written out as [piece][2][channels].
struct Sums {
  float* byLane;  // [channels][2][16]
  int channels;
  void start(float* scratch, int count) {
    byLane = scratch, channels = count;
    clear(byLane, long(channels) * 2 * block);
  }
  // The channels are those from `first` of `all`.
  void finish(float* sums, int piece, int first, int all) const {
    float* to = sums + long(piece) * 2 * all + first;
    for (int c = 0; c < channels; ++c) {
      to[c] = laneSum(byLane + c * 2 * block);
      to[all + c] = laneSum(byLane + (c * 2 + 1) * block);
    }
  }
};

}  // namespace SHAKELAB_ISA_NAMESPACE
