// All kernels for one instruction set; built once for each, see scripts/native/definition.mjs.
#include "kernels.h"
#include "peak.h"

namespace SHAKELAB_ISA_NAMESPACE {

extern const shakelab::PeakLoops peakLoops;
const shakelab::PeakLoops peakLoops = {peakSums * lanes, multiplyAdd, readAll, writeAll, copyAll};

}  // namespace SHAKELAB_ISA_NAMESPACE
