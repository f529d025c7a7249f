// Gradient of a convolution's filter. Lanes are samples, whose sums are folded in the end, and a tile of output
// channels × (column, input channel) stays in registers over a few rows; or lanes are output channels.
#pragma once

#include "pieces.h"
#include "tile.h"

namespace SHAKELAB_ISA_NAMESPACE {

constexpr int filterChannels = 4;
constexpr int filterInputs = tileSums / filterChannels;  // 6 or 3

// Output channels, up to whole blocks.
constexpr int wholeBlocks(int channels) { return (channels + block - 1) / block * block; }

// Whether lanes hold output channels, which leaves nothing to fold and a sixteenth of the sums, but wants dy
// transposed: by Winograd's tiles always, along rows never, by the direct sum where blocks of channels are full, or
// all but one of several, and each number of dy has many products. The same on all instruction sets, so that
// sums have one order.
inline bool channelsInLanes(int winograd, int out, int reach) {
  return winograd == 2 || (!winograd && (out % block == 0 || out > 2 * block) && reach >= 2 * block);
}

// Rows of dy and of what the convolution saw, in scratch; steps are floats.
struct FilterBand {
  const float *dy, *source;
  int rows, width, dyStep, dyRow, sourceStep, sourceRow;
};

// Adds a band's products to a tile of sums by lane: dy's channels beside `Inputs` of the source, of which `input`
// says where in a pixel the i-th is, and `sum` where that of a channel and an input stands.
template <int Channels, int Inputs, class Input, class Sum>
__attribute__((always_inline)) inline void addBand(const FilterBand& band, Input input, Sum sum) {
  for (int h = 0; h < block; h += lanes) {
    Vector tile[Channels][Inputs];
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
      for (int i = 0; i < Inputs; ++i) tile[c][i] = load(sum(c, i) + h);
    for (int r = 0; r < band.rows; ++r) {
      const float* dy = band.dy + r * band.dyRow + h;
      const float* source = band.source + r * band.sourceRow + h;
      for (int x = 0; x < band.width; ++x, dy += band.dyStep, source += band.sourceStep) {
        Vector values[Inputs];
#pragma GCC unroll 8
        for (int i = 0; i < Inputs; ++i) values[i] = load(source + input(i));
#pragma GCC unroll 8
        for (int c = 0; c < Channels; ++c) {
          const Vector g = load(dy + c * block);
#pragma GCC unroll 8
          for (int i = 0; i < Inputs; ++i) tile[c][i] += g * values[i];
        }
      }
    }
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
      for (int i = 0; i < Inputs; ++i) store(sum(c, i) + h, tile[c][i]);
  }
}

// Adds a band's products to sums[Channels][step][16].
template <int Channels, int Inputs>
__attribute__((noinline)) void filterTile(const FilterBand& band, float* sums, int step) {
  addBand<Channels, Inputs>(
      band, [](int i) { return i * block; }, [=](int c, int i) { return sums + (c * step + i) * block; });
}

template <int Channels>
inline void filterInputsTile(int inputs, const FilterBand& band, float* sums, int step) {
  switch (inputs) {
    case 1: return filterTile<Channels, 1>(band, sums, step);
    case 2: return filterTile<Channels, 2>(band, sums, step);
    case 3: return filterTile<Channels, 3>(band, sums, step);
    case 4: return filterTile<Channels, min(4, filterInputs)>(band, sums, step);
    case 5: return filterTile<Channels, min(5, filterInputs)>(band, sums, step);
    default: return filterTile<Channels, filterInputs>(band, sums, step);
  }
}

inline void filterTileOf(int channels, int inputs, const FilterBand& band, float* sums, int step) {
  switch (channels) {
    case 1: return filterInputsTile<1>(inputs, band, sums, step);
    case 2: return filterInputsTile<2>(inputs, band, sums, step);
    case 3: return filterInputsTile<3>(inputs, band, sums, step);
    default: return filterInputsTile<filterChannels>(inputs, band, sums, step);
  }
}

// The sums of `count` neighbours over the pieces, `step` floats apart, in their order; those further on are asked
// for, since pieces and taps are more streams than are fetched ahead.
inline void sumPieces(const float* from, int pieces, long step, int count, float* sums) {
  if (count < block) {
    for (int i = 0; i < count; ++i) {
      sums[i] = 0;
      for (int piece = 0; piece < pieces; ++piece) sums[i] += from[piece * step + i];
    }
    return;
  }
  for (int piece = 0; piece < pieces; ++piece) __builtin_prefetch(from + piece * step + 4 * block, 0, 2);
  for (int h = 0; h < block; h += lanes) {
    Vector total{};
    for (int piece = 0; piece < pieces; ++piece) total += loadAnywhere(from + piece * step + h);
    store(sums + h, total);
  }
}

// gradient[co][ci][ky][kx] = Σ over pieces, in order, of partials[piece][group] (convGradient).
inline void sumFilters(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const SumFiltersOperands*>(operands);
  const int taps = o.kernel * o.kernel, in = o.inChannels, out = o.outChannels / o.groups;
  const long filters = long(out) * in, size = o.groups * filters * taps;
  const int pieces = pass.samples / block * bandsOf(o.height);
  const bool turned = channelsInLanes(o.winograd, out, in * taps);
  // What lies side by side.
  const int inner = turned ? out : in, outer = turned ? in : out;
  const int tasks = o.groups * outer;
  const int end = tasks * (worker.part + 1) / worker.parts;
  for (int task = tasks * worker.part / worker.parts; task < end; ++task) {
    const int group = task / outer, row = task % outer;
    const float* from = pass.arena + o.partials + group * filters * taps;
    float* to = pass.arena + o.gradient + group * filters * taps;
    for (int first = 0; first < inner; first += block) {
      const int count = min(block, inner - first);
      float sums[9][block] __attribute__((aligned(64)));
      for (int k = 0; k < taps; ++k)
        sumPieces(from + (turned ? long(k) * outer + row : long(row) * taps + k) * inner + first,
                  pieces, size, count, sums[k]);
      for (int i = 0; i < count; ++i) {
        float* filter = to + (turned ? long(first + i) * in + row : long(row) * in + first + i) * taps;
        for (int k = 0; k < taps; ++k) filter[k] = sums[k][i];
      }
    }
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
