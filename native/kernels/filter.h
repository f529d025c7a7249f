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

// gradient[co][ci][ky][kx] = Σ over pieces, in order, of partials[piece][group] (convGradient).
inline void sumFilters(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const SumFiltersOperands*>(operands);
  const int taps = o.kernel * o.kernel, in = o.inChannels, out = o.outChannels / o.groups;
  const long size = long(o.outChannels) * in * taps;
  const int pieces = pass.samples / block * bandsOf(o.height);
  const auto sum = [&](const float* from) {
    float total = 0;
    for (int piece = 0; piece < pieces; ++piece) total += from[piece * size];
    return total;
  };
  const int tasks = o.groups * in;
  const int end = tasks * (worker.part + 1) / worker.parts;
  for (int task = tasks * worker.part / worker.parts; task < end; ++task) {
    const int group = task / in, ci = task % in;
    const float* from = pass.arena + o.partials + long(group) * out * in * taps;
    float* to = pass.arena + o.gradient + (long(group) * out * in + ci) * taps;
    for (int k = 0; k < taps; ++k)
      for (int co = 0; co < out; ++co)
        to[long(co) * in * taps + k] = sum(
            from + (o.winograd ? (long(k) * in + ci) * out + co : (long(co) * taps + k) * in + ci));
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
