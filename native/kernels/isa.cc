// All kernels for one instruction set; built once for each, see binding.gyp.
#include "conv.h"
#include "convGradient.h"
#include "dropout.h"
#include "ends.h"
#include "mix.h"
#include "norm.h"
#include "peak.h"
#include "update.h"

namespace SHAKELAB_ISA_NAMESPACE {

inline int64_t noScratch(const int32_t*) { return 0; }

extern const shakelab::Kernel kernels[shakelab::kOpcodes];
const shakelab::Kernel kernels[shakelab::kOpcodes] = {
    {loadImages, noScratch},     {conv, convScratch},           {statistics, noScratch},
    {normalise, noScratch},      {mix, mixScratch},             {pool, poolScratch},
    {poolGradient, noScratch},   {accumulate, noScratch},       {reduce, reduceScratch},
    {normGradient, noScratch},   {convGradient, convGradientScratch},
    {sumFilters, noScratch},     {pack, noScratch},             {sgd, noScratch},
    {dropout, dropoutScratch},
};

extern const shakelab::PeakLoops peakLoops;
const shakelab::PeakLoops peakLoops = {peakSums * lanes, multiplyAdd, readAll, writeAll, copyAll};

}  // namespace SHAKELAB_ISA_NAMESPACE
