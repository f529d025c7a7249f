// What happens to parameters: packing them for the convolutions' tiles, and the optimiser's step.
#pragma once

#include "operands.h"
#include "tile.h"
#include "winograd.h"

namespace SHAKELAB_ISA_NAMESPACE {

using namespace shakelab;

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
  // [36][tile][column][tile row]; sixteen neighbouring filters are transformed side by side.
  void winograd(float* to, int part, int parts) const {
    const long spread = long(rows()) * columns();
    for (long first = part * long(block); first < spread; first += parts * long(block)) {
      float side[9][block] __attribute__((aligned(64)));
      const int count = min(block, int(spread - first));
      for (int i = 0; i < count; ++i) {
        const float* w = filterAt(first + i);
        for (int tap = 0; tap < 9; ++tap) side[tap][i] = w[backward ? 8 - tap : tap];
      }
      float transformed[winogradPoints][block] __attribute__((aligned(64)));
      winogradFilter(side, transformed);
      for (int p = 0; p < winogradPoints; ++p)
        for (int i = 0; i < count; ++i) to[p * spread + first + i] = transformed[p][i];
    }
  }
  // The filter at a place of [tile][column][tile row].
  const float* filterAt(long place) const {
    int row = int(place / (tileChannels * columns())) * tileChannels;
    long rest = place - long(row) * columns();
    int tile = tileWidth(row, rows());
    while (rest >= long(tile) * columns()) {
      rest -= long(tile) * columns();
      row += tile;
      tile = tileWidth(row, rows());
    }
    return filter(row + int(rest % tile), int(rest / tile));
  }
};

inline void pack(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const PackOperands*>(operands);
  const int out = o.outChannels / o.groups, taps = o.kernel * o.kernel;
  const long size = long(out) * o.inChannels;
  const int tasks = o.groups * (o.backward >= 0 ? 2 : 1);
  for (int task = 0; task < tasks; ++task) {
    const int group = task % o.groups;
    const Packing packing{pass.arena + o.weights + group * size * taps, out, o.inChannels, taps,
                          task >= o.groups};
    float* to = pass.arena + (packing.backward ? o.backward : o.forward);
    if (o.winograd)
      packing.winograd(to + group * size * winogradPoints, worker.part, worker.parts);
    else if (task % worker.parts == worker.part)
      packing.direct(to + group * size * taps);
  }
}

// Nesterov momentum without dampening, weight decay on every parameter (FACTS, recipe):
// g += λ w; m = μ m + g; w -= η (g + μ m).
inline void sgd(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const SgdOperands*>(operands);
  float* w = pass.arena + o.parameters;
  const float* gradient = pass.arena + o.gradients;
  float* m = pass.arena + o.momenta;
  const float rate = pass.hyper[kLearningRate], momentum = pass.hyper[kMomentum];
  const float decay = pass.hyper[kWeightDecay];
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
