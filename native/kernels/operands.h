// What an instruction's integer words mean. src/program/encode.ts writes them in this order.
// Offsets count floats from the arena's start; -1 means "none".
#pragma once

#include <stdint.h>

namespace shakelab {

// How an instruction reads a stored activation [N/16][H][W][C][16]: subsampled, normalised,
// rectified, in that order, on the way into registers.
struct View {
  int32_t at, channels, height, width;
  int32_t norm;       // the batch norm's record, see Norm
  int32_t copies;     // sets of gamma and beta: the view has channels * copies channels
  int32_t relu;
  int32_t subsample;  // stride of the two shifted paths (FACTS, skip path), 0 for none
};

enum TermKind : int32_t { kStored, kPassed, kMixed, kPooled };

// One addend of the gradient of a stored activation, by the consumer that caused it.
struct Term {
  int32_t kind;
  int32_t at, channels;          // the gradient it is made of
  int32_t coefficients;          // kMixed: beta [bands][branches][samples]
  int32_t branches, bands;
  View view;                     // how the consumer saw the activation
};

struct LoadOperands { int32_t to, channels, height, width, affine; };
struct ConvOperands {
  View view;
  int32_t weights, to, outChannels, outHeight, outWidth, kernel, stride, groups, winograd, sums;
};
struct ConvGradientOperands {
  Term term;
  View view;
  int32_t weights, to, sums;     // -1 where the input needs no gradient
  int32_t partials, kernel, stride, groups, winograd;
};
struct SumFiltersOperands {
  int32_t partials, gradient, outChannels, inChannels, kernel, groups, winograd, height;
};
struct StatisticsOperands {
  int32_t norm, channels, copies, height, width, sums, gamma, beta, runningMean, runningVariance;
};
struct NormaliseOperands {
  int32_t norm, channels, copies, gamma, beta, runningMean, runningVariance;
};
struct MixOperands {
  View skip, branches;           // branches.at = -1: the skip view alone is stored
  int32_t count, bands, coefficients, to, channels, height, width, sums;
};
struct PoolOperands { View view; int32_t to; };
struct PoolGradientOperands { int32_t from, to, channels, height, width; };
struct AccumulateOperands { int32_t to, channels, height, width, terms; };  // then Term[terms]
struct ReduceOperands { Term term; int32_t sums; };
struct NormGradientOperands {
  int32_t norm, channels, copies, height, width, sums, gamma, gammaGradient, betaGradient;
};
struct PackOperands {
  int32_t weights, to, backward, outChannels, inChannels, kernel, groups, winograd;
};
struct DropoutOperands {
  View view;
  int32_t key, threshold;        // two words; a value is kept where its hash reaches the threshold
  int32_t to, sums;
};
struct SgdOperands { int32_t parameters, gradients, momenta, size, decays; };

enum Opcode : int32_t {
  kLoad, kConv, kStatistics, kNormalise, kMix, kPool,
  kPoolGradient, kAccumulate, kReduce, kNormGradient, kConvGradient, kSumFilters,
  kPack, kSgd, kDropout, kOpcodes
};

// Numbers that change from step to step; src/program/encode.ts has the same order.
enum Hyper : int32_t {
  kLearningRate, kMomentum, kWeightDecay, kStatisticsMomentum, kEpsilon, kPartnerShare, kHypers
};

// How a sample is varied while it is loaded; src/data/augmentation.ts states the same order.
struct Augmentation {
  int32_t down, right, mirrored;     // crop, then mirror
  int32_t cutTop, cutLeft, cutSize;  // a square of zeros in what comes out
  int32_t partner;                   // place in the batch of the image mixed in (kPartnerShare)
};

// What one run of a section works on.
struct Pass {
  float* arena;
  const uint8_t* images;
  const int32_t* indices;
  const Augmentation* augmentations;
  const float* hyper;
  int32_t samples;
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
