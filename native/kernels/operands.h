// What kernels are given: an instruction's words (instructions.h), what a run of a section works on,
// and a thread's share of it.
#pragma once

#include "instructions.h"

namespace shakelab {

// What one run of a section works on: so many blocks of sixteen samples of the batch, from
// `firstBlock` on, whose activations have places of their own.
struct Pass {
  float* arena;
  float* activations;  // the arena, or a thread's own copy of the places of what a section stores
  const uint8_t* images;
  const int32_t* indices;
  const Augmentation* augmentations;
  const float* hyper;
  int32_t samples;  // of the batch
  int32_t firstBlock, blocks;
};

// One thread's share of an instruction: parts of equal rank, scratch of its own.
struct Worker {
  int32_t part, parts;
  float* scratch;
};

struct Kernel {
  void (*run)(const int32_t* operands, const Pass&, const Worker&);
  int64_t (*scratch)(const int32_t* operands);  // floats that a worker needs
};

}  // namespace shakelab
