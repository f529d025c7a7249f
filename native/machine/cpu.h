// What the CPU and its system can do, asked of them directly: compilers' own answers
// (`__builtin_cpu_supports`) need run-time libraries that not all of them bring.
#pragma once

namespace shakelab {

// Whether code compiled for x86-64-v3 (AVX2, FMA) or x86-64-v4 (AVX-512) runs here, by the
// x86-64 psABI's lists of features. False on other architectures.
bool runsVersion3();
bool runsVersion4();

}  // namespace shakelab
