// The register tile that all convolutions share: output channels × neighbouring pixels, summed
// over segments of contiguous vectors. Weights are packed so that a tile reads them in order.
#pragma once

#include "vector.h"

namespace SHAKELAB_ISA_NAMESPACE {

// 32 vector registers hold 24 sums, 16 hold 12.
constexpr int tileChannels = lanes == 16 ? 8 : 4;
constexpr int tileSums = lanes == 16 ? 24 : 12;

// The widest tile of pixels beside a number of output channels.
constexpr int tilePixels(int channels) {
  const int pixels = tileSums / channels;
  return pixels > 6 ? 6 : pixels;
}

// How many output channels the tile at `first` has: 8, 4, 2 or 1.
inline int tileWidth(int first, int channels) {
  int width = tileChannels;
  while (width > channels - first) width /= 2;
  return width;
}

// A run of vectors [length][16] to be multiplied by weights [length][tile channels].
struct Segment { const float *x, *w; };

// Adds the products of a vector of each of `Pixels` pixels, `step` floats apart, and of `Channels` neighbouring weights.
template <int Channels, int Pixels>
__attribute__((always_inline)) inline void addOuterProduct(Vector (&sums)[Channels][Pixels], const float* x,
                                                           long step, const float* w) {
  Vector values[Pixels];
#pragma GCC unroll 8
  for (int p = 0; p < Pixels; ++p) values[p] = load(x + p * step);
#pragma GCC unroll 16
  for (int c = 0; c < Channels; ++c) {
    const Vector weight = broadcast(w[c]);
#pragma GCC unroll 8
    for (int p = 0; p < Pixels; ++p) sums[c][p] += weight * values[p];
  }
}

// Stores them, a pixel's channels `between` floats apart.
template <int Channels, int Pixels>
__attribute__((always_inline)) inline void storeTile(const Vector (&sums)[Channels][Pixels], float* to, long step,
                                                     int between) {
#pragma GCC unroll 8
  for (int p = 0; p < Pixels; ++p)
#pragma GCC unroll 16
    for (int c = 0; c < Channels; ++c) store(to + p * step + c * between, sums[c][p]);
}

// Not inlined, or its registers are shared with what is around it.
template <int Channels, int Pixels>
__attribute__((noinline)) void tile(const Segment* segments, int count, int length, int step,
                                    float* out, int outStep) {
  for (int h = 0; h < block; h += lanes) {
    Vector sums[Channels][Pixels] = {};
    for (int s = 0; s < count; ++s) {
      const float* x = segments[s].x + h;
      const float* w = segments[s].w;
      for (int i = 0; i < length; ++i, x += block, w += Channels) addOuterProduct(sums, x, step, w);
    }
    storeTile(sums, out + h, outStep, block);
  }
}

template <int Value> struct Count { static constexpr int value = Value; };

// Calls `use` with `count` as a constant, at most `Most`.
template <int Most, class Use>
inline void withCount(int count, Use use) {
  if constexpr (Most > 1)
    if (count < Most) return withCount<Most - 1>(count, use);
  use(Count<Most>{});
}

// One output row of `pixels` pixels, cut into tiles of nearly equal size, for so many tiles of channels, whose weights
// lie `weightStep` apart: a tile's pixels stay in the first-level cache while all of these pass.
template <int Channels>
inline void tileRow(int across, long weightStep, int pixels, const Segment* segments, int count, int length,
                    int step, float* out, int outStep) {
  constexpr int most = tilePixels(Channels);
  const int tiles = (pixels + most - 1) / most;
  Segment moved[9];
  for (int t = 0, x = 0; t < tiles; ++t) {
    const int next = pixels * (t + 1) / tiles;
    for (int s = 0; s < count; ++s) moved[s] = {segments[s].x + x * step, segments[s].w};
    for (int a = 0; a < across; ++a) {
      withCount<most>(next - x, [&](auto width) {
        tile<Channels, width.value>(moved, count, length, step, out + x * outStep + a * Channels * block,
                                    outStep);
      });
      for (int s = 0; s < count; ++s) moved[s].w += weightStep;
    }
    x = next;
  }
}

// Calls `use` with a tile's channels as a constant.
template <class Use>
inline void withTile(int channels, Use use) {
  switch (channels) {
    case 1: return use(Count<1>{});
    case 2: return use(Count<2>{});
    case 4: return use(Count<4>{});
    default: return use(Count<tileChannels>{});
  }
}

// Such a row of all output channels: `segmentsOf(c, tile, segments)` gives those of the tile at channel c, and their
// number; a channel's weights lie `reach` apart.
template <class SegmentsOf>
inline void tileRows(int channels, long reach, int pixels, int length, int step, float* out, int outStep,
                     SegmentsOf segmentsOf) {
  for (int c = 0; c < channels;) {
    const int tile = tileWidth(c, channels), across = tile == tileChannels ? (channels - c) / tile : 1;
    Segment segments[9];
    const int count = segmentsOf(c, tile, segments);
    withTile(tile, [&](auto width) {
      tileRow<width.value>(across, reach * tile, pixels, segments, count, length, step, out + c * block, outStep);
    });
    c += across * tile;
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
