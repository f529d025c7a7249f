// How activations and their gradients are stored: the one place that knows. All else computes with
// floats. What depends on it is compiled once for each precision, in a namespace of its own.
#pragma once

#include "pieces.h"

namespace SHAKELAB_ISA_NAMESPACE {

namespace float32 { using Number = float; }
namespace bf16 { using Number = Bfloat16; }

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

using SHAKELAB_ISA_NAMESPACE::load;  // beside the kernel of that name

// Whether there is a loop for each combination of what a view or term applies. These are most of a binary:
// of bfloat16 there is one, which applies everything, with 1, 0 and -infinity where nothing is to be.
constexpr bool apart = sizeof(Number) == sizeof(float);

inline Number* rowOf(const Pass& pass, int at, int channels, int height, int width, int sampleBlock,
                     int y) {
  return reinterpret_cast<Number*>(pass.activations + at) +
         (long(sampleBlock) * height + y) * width * channels * block;
}
inline Number* rowOf(const Pass& pass, const Stored& of, int sampleBlock, int y) {
  return rowOf(pass, of.slot, of.channels, of.height, of.width, sampleBlock, y);
}

// Visits a row in strips of a few pixels, channel by channel within a strip: what belongs to a
// channel is loaded once for the strip.
template <int Pixels> struct Strip { constexpr operator int() const { return Pixels; } };

template <class Body>
inline void eachStrip(int width, int channels, Body body) {
  int x = 0;
  if constexpr (apart) {
    for (; x + 4 <= width; x += 4)
      for (int c = 0; c < channels; ++c) body(c, x, Strip<4>{});
    for (int c = 0; x < width && c < channels; ++c) body(c, x, width - x);
  } else {
    for (; x < width; x += 4)
      for (int c = 0; c < channels; ++c) body(c, x, min(4, width - x));
  }
}

// A whole row, walked so.
struct Strips {
  static constexpr bool subsampled = true;
  int width;
  template <class Body>
  void each(int channels, Body body) const { eachStrip(width, channels, body); }
};

// Rounds pixels [width][count][16] to where they are stored.
__attribute__((noinline)) inline void storeRow(const float* from, int width, int count, Number* to,
                                               int toStep) {
  for (int x = 0; x < width; ++x, from += count * block, to += toStep)
    for (int i = 0; i < count * block; i += lanes) store(to + i, load(from + i));
}

// Rows of channels [first, first + count) of an activation while they are made, as floats: in their
// place where floats are stored; else side by side in scratch, from where `keep` rounds them to it.
struct Draft {
  const Pass& pass;
  const Stored& of;
  int first, count;
  float* scratch;

  static constexpr bool inPlace = sizeof(Number) == sizeof(float);

  // The scratch that a row needs.
  static long floats(int width, int count) { return inPlace ? 0 : long(width) * count * block; }
  // Floats from a pixel to the next.
  int step() const { return (inPlace ? of.channels : count) * block; }
  // Row y, the `index`th of those that are made together.
  float* row(int sampleBlock, int y, int index = 0) const {
    return inPlace ? reinterpret_cast<float*>(place(sampleBlock, y))
                   : scratch + index * floats(of.width, count);
  }
  void keep(int sampleBlock, int y, int index = 0) const {
    if (!inPlace)
      storeRow(row(sampleBlock, y, index), of.width, count, place(sampleBlock, y),
               of.channels * block);
  }

 private:
  Number* place(int sampleBlock, int y) const {
    return rowOf(pass, of, sampleBlock, y) + first * block;
  }
};

// Whether memory is to be asked for ahead of its use: what a single block of samples holds is in cache.
inline bool asksAhead(const Pass& pass) { return pass.blocks > 1; }

// Asks for some pixels. Requests in small handfuls between other work do more than a row's at once.
inline void prefetchPixels(const Number* at, int pixels, long step) {
  for (int p = 0; p < pixels; ++p) __builtin_prefetch(at + p * step, 0, 2);
}

// Asks for a span of a row, [pixel][step], which is to be written: so many numbers of each pixel.
inline void prefetchSpan(const Number* row, Span span, long step, long count) {
  for (int x = span.first; x < span.last; ++x) prefetchRow<1>(row + x * step, count);
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
