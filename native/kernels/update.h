// What happens to parameters: packing them for the convolutions' tiles, and the optimiser's step.
#pragma once

#include "operands.h"
#include "tile.h"
#include "winograd.h"

namespace SHAKELAB_ISA_NAMESPACE {

using namespace shakelab;

// Strips of transformed filters whose place is asked for before their turn.
constexpr int stripsAhead = 4;

// How a group's weights [co][ci][ky][kx] are laid out for the tiles of one direction. Forward,
// tiles are of output channels; for the input's gradient the roles change and the kernel flips.
struct Packing {
  const float* weights;
  int out, in, taps;
  bool backward;

  int rows() const { return backward ? in : out; }
  int columns() const { return backward ? out : in; }
  const float* filter(int row, int column) const {
    return weights + (backward ? long(column) * in + row : long(row) * in + column) * taps;
  }
  // [tile][ky][kx][column][tile row]
  void direct(float* to) const {
    for (int r = 0, tile; r < rows(); r += tile) {
      tile = tileWidth(r, rows());
      for (int tap = 0; tap < taps; ++tap)
        for (int c = 0; c < columns(); ++c)
          for (int t = 0; t < tile; ++t)
            *to++ = filter(r + t, c)[backward ? taps - 1 - tap : tap];
    }
  }
  // [6][tile][column][ky][tile row]
  void lines(float* to) const {
    const long spread = long(rows()) * columns() * winogradTaps;
    for (int r = 0, tile; r < rows(); r += tile) {
      tile = tileWidth(r, rows());
      for (int c = 0; c < columns(); ++c)
        for (int k = 0; k < winogradTaps; ++k)
          for (int t = 0; t < tile; ++t, ++to) {
            const float* w = filter(r + t, c) + (backward ? winogradTaps - 1 - k : k) * winogradTaps;
            const float flipped[] = {w[2], w[1], w[0]};
            float u[winogradIn];
            filterTransform(backward ? flipped : w, u);
            for (int p = 0; p < winogradIn; ++p) to[p * spread] = u[p];
          }
    }
  }
  // [36][tile][column][tile row]; sixteen neighbouring filters are transformed side by side.
  void winograd(float* to, int part, int parts) const {
    const long spread = winogradSpread(long(rows()) * columns());
    for (int r = 0, tile, strip = 0; r < rows(); r += tile) {
      tile = tileWidth(r, rows());
      const int side = block / tile;  // columns that fill a vector
      for (int c = 0; c < columns(); c += side, ++strip)
        if (strip % parts == part)
          winogradStrip(r, tile, c, min(side, columns() - c), spread,
                        to + long(r) * columns() + c * tile);
    }
  }
  void winogradStrip(int row, int tile, int column, int count, long spread, float* to) const {
    float side[9][block] __attribute__((aligned(64))) = {};
    float points[winogradPoints][block] __attribute__((aligned(64)));
    // 36 streams are more than are fetched ahead.
    for (int p = 0; p < winogradPoints; ++p) prefetchRow<1>(to + p * spread + stripsAhead * block, block);
    for (int c = 0; c < count; ++c)
      for (int t = 0; t < tile; ++t) {
        const float* w = filter(row + t, column + c);
        for (int tap = 0; tap < 9; ++tap) side[tap][c * tile + t] = w[backward ? 8 - tap : tap];
      }
    winogradFilter(side, points);
    for (int p = 0; p < winogradPoints; ++p) {
      if (count * tile == block) __builtin_memcpy(to + p * spread, points[p], sizeof points[p]);
      else for (int i = 0; i < count * tile; ++i) to[p * spread + i] = points[p][i];
    }
  }
};

inline void pack(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const PackOperands*>(operands);
  const int out = o.outChannels / o.groups, taps = o.kernel * o.kernel;
  const long size = long(out) * o.inChannels;
  for (int group = 0; group < o.groups; ++group) {
    const Packing packing{pass.arena + o.weights + group * size * taps, out, o.inChannels, taps,
                          o.backward != 0};
    float* to = pass.arena + o.to;
    if (o.winograd == 2)
      packing.winograd(to + group * winogradPoints * winogradSpread(size), worker.part, worker.parts);
    else if (group % worker.parts == worker.part && o.winograd)
      packing.lines(to + group * size * winogradIn * winogradTaps);
    else if (group % worker.parts == worker.part)
      packing.direct(to + group * size * taps);
  }
}

// Nesterov momentum without dampening, with weight decay where these parameters decay:
// g += λ w; m = μ m + g; w -= η (g + μ m).
inline void sgd(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const SgdOperands*>(operands);
  float* w = pass.arena + o.parameters;
  const float* gradient = pass.arena + o.gradients;
  float* m = pass.arena + o.momentum;
  const float rate = pass.hyper[o.slow ? kSlowRate : kLearningRate], momentum = pass.hyper[kMomentum];
  const float decay = o.decays ? pass.hyper[kWeightDecay] : 0.0f;
  const long vectors = o.size / block;
  const long end = vectors * (worker.part + 1) / worker.parts * block;
  for (long i = vectors * worker.part / worker.parts * block; i < end; i += lanes) {
    const Vector weight = load(w + i);
    const Vector g = load(gradient + i) + weight * decay;
    const Vector next = load(m + i) * momentum + g;
    store(m + i, next);
    store(w + i, weight - (g + next * momentum) * rate);
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
