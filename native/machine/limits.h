// How fast this machine can go: the peak of its multiply-adds and the bandwidth of its memory.
#pragma once

namespace shakelab {

// The loops to measure with, in one instruction set (kernels/peak.h).
struct PeakLoops {
  int multiplyAddsPerRound;
  float (*multiplyAdd)(long rounds, float factor, float addend);
  float (*read)(const float* from, long floats);
  void (*write)(float* to, long floats, float value);
  void (*copy)(const float* from, float* to, long floats, float factor);
};

// In 10⁹ a second: floating-point operations, and bytes read, written, or both together.
struct Limits { double flops, read, write, copy; };

// The best of several short measurements with all threads at once.
Limits measureLimits(const PeakLoops& loops, int threads);

}  // namespace shakelab
