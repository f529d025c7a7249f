// All kernels for one instruction set, activations in float32; built once for each set, see
// scripts/native/definition.mjs.
#define SHAKELAB_PRECISION float32
#include "kernels.h"
#include "peak.h"

namespace SHAKELAB_ISA_NAMESPACE {

extern const shakelab::PeakLoops peakLoops;
const shakelab::PeakLoops peakLoops = {peakSums * lanes, multiplyAdd, readAll, writeAll, copyAll};

}  // namespace SHAKELAB_ISA_NAMESPACE
