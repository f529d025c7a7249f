// Gradient of a convolution's filter: lanes are partial sums over samples, and a tile of output
// channels × (column, input channel) stays in registers over a band of rows.
#pragma once

#include "rows.h"
#include "tile.h"

namespace SHAKELAB_ISA_NAMESPACE {

constexpr int filterChannels = 4;
constexpr int filterInputs = tileSums / filterChannels;  // 6 or 3

// Rows of dy and of what the convolution saw, in scratch; steps are floats.
struct FilterBand {
  const float *dy, *source;
  int rows, width, dyStep, dyRow, sourceStep, sourceRow;
};

template <int Channels, int Inputs>
inline void filterTile(const FilterBand& band, float* to, int channelStep) {
  constexpr int count = Channels * Inputs;
  alignas(64) float byLane[count * block];
  float sums[count];
  for (int h = 0; h < block; h += lanes) {
    Vector tile[Channels][Inputs] = {};
    for (int r = 0; r < band.rows; ++r) {
      const float* dy = band.dy + r * band.dyRow + h;
      const float* source = band.source + r * band.sourceRow + h;
      for (int x = 0; x < band.width; ++x, dy += band.dyStep, source += band.sourceStep) {
        Vector values[Inputs];
#pragma GCC unroll 8
        for (int i = 0; i < Inputs; ++i) values[i] = load(source + i * block);
#pragma GCC unroll 8
        for (int c = 0; c < Channels; ++c) {
          const Vector g = load(dy + c * block);
#pragma GCC unroll 8
          for (int i = 0; i < Inputs; ++i) tile[c][i] += g * values[i];
        }
      }
    }
    for (int c = 0; c < Channels; ++c)
      for (int i = 0; i < Inputs; ++i) store(byLane + (c * Inputs + i) * block + h, tile[c][i]);
  }
  for (int i = 0; i < count; i += block)
    laneSums(byLane + i * block, min(block, count - i), sums + i);
  for (int c = 0; c < Channels; ++c)
    for (int i = 0; i < Inputs; ++i) to[c * channelStep + i] += sums[c * Inputs + i];
}

template <int Channels>
inline void filterInputsTile(int inputs, const FilterBand& band, float* to, int channelStep) {
  switch (inputs) {
    case 1: return filterTile<Channels, 1>(band, to, channelStep);
    case 2: return filterTile<Channels, 2>(band, to, channelStep);
    case 3: return filterTile<Channels, 3>(band, to, channelStep);
    case 4: return filterTile<Channels, min(4, filterInputs)>(band, to, channelStep);
    case 5: return filterTile<Channels, min(5, filterInputs)>(band, to, channelStep);
    default: return filterTile<Channels, filterInputs>(band, to, channelStep);
  }
}

inline void filterTileOf(int channels, int inputs, const FilterBand& band, float* to,
                         int channelStep) {
  switch (channels) {
    case 1: return filterInputsTile<1>(inputs, band, to, channelStep);
    case 2: return filterInputsTile<2>(inputs, band, to, channelStep);
    case 3: return filterInputsTile<3>(inputs, band, to, channelStep);
    default: return filterInputsTile<filterChannels>(inputs, band, to, channelStep);
  }
}

// The sums of `count` neighbours over the pieces, `step` floats apart, in their order.
inline void sumPieces(const float* from, int pieces, long step, int count, float* sums) {
  if (count < block) {
    for (int i = 0; i < count; ++i) {
      sums[i] = 0;
      for (int piece = 0; piece < pieces; ++piece) sums[i] += from[piece * step + i];
    }
    return;
  }
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
  // What lies side by side: output channels in Winograd's partials, input channels in direct ones.
  const int inner = o.winograd ? out : in, outer = o.winograd ? in : out;
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
        sumPieces(from + (o.winograd ? long(k) * outer + row : long(row) * taps + k) * inner + first,
                  pieces, size, count, sums[k]);
      for (int i = 0; i < count; ++i) {
        float* filter = to + (o.winograd ? long(first + i) * in + row : long(row) * in + first + i) * taps;
        for (int k = 0; k < taps; ++k) filter[k] = sums[k][i];
      }
    }
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
