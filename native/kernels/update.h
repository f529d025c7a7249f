// What happens to parameters: packing them for the convolutions' tiles, and the optimiser's step.
#pragma once

#include "operands.h"
#include "tile.h"

namespace SHAKELAB_ISA_NAMESPACE {

using namespace shakelab;

// weights[group * out + co][ci][ky][kx] into tiles of output channels, [ky][kx][ci][tile], and for
// the input's gradient into tiles of input channels with the kernel flipped, [ky][kx][co][tile].
struct Packing {
  const float* weights;
  int out, in, taps;

  float at(int group, int co, int ci, int tap) const {
    return weights[(long(group * out + co) * in + ci) * taps + tap];
  }
  void forward(int group, float* to) const {
    for (int c = 0, tile; c < out; c += tile) {
      tile = tileWidth(c, out);
      for (int tap = 0; tap < taps; ++tap)
        for (int ci = 0; ci < in; ++ci)
          for (int t = 0; t < tile; ++t) *to++ = at(group, c + t, ci, tap);
    }
  }
  void backward(int group, float* to) const {
    for (int c = 0, tile; c < in; c += tile) {
      tile = tileWidth(c, in);
      for (int tap = 0; tap < taps; ++tap)
        for (int co = 0; co < out; ++co)
          for (int t = 0; t < tile; ++t) *to++ = at(group, co, c + t, taps - 1 - tap);
    }
  }
};

inline void pack(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const PackOperands*>(operands);
  const Packing packing{pass.arena + o.weights, o.outChannels / o.groups, o.inChannels,
                        o.kernel * o.kernel};
  const long size = long(packing.out) * packing.in * packing.taps;
  const int tasks = o.groups * (o.backward >= 0 ? 2 : 1);
  for (int task = worker.part; task < tasks; task += worker.parts) {
    const int group = task % o.groups;
    if (task < o.groups) packing.forward(group, pass.arena + o.forward + group * size);
    else packing.backward(group, pass.arena + o.backward + group * size);
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
