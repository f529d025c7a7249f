#include "limits.h"

#include <algorithm>
#include <chrono>

#include "interpreter.h"

namespace shakelab {

namespace {

constexpr int kTrials = 8;
constexpr long kRounds = 1 << 20;
constexpr long kFloats = 32 << 20;  // a buffer of 128 MiB, more than a core's share of any cache

// Seconds that all threads together need for body(rank), the fastest of the trials.
template <class Body>
double fastest(ThreadPool& pool, Body body) {
  using Clock = std::chrono::steady_clock;
  double best = 0;
  pool.run([&](int rank) {
    for (int trial = 0; trial < kTrials; ++trial) {
      pool.barrier().wait();
      const auto start = Clock::now();
      body(rank);
      pool.barrier().wait();
      if (rank != 0) continue;
      const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
      best = trial == 0 ? seconds : std::min(best, seconds);
    }
  });
  return best;
}

}  // namespace

Limits measureLimits(const PeakLoops& loops, int threads) {
  ThreadPool pool(threads);
  Arena source(kFloats), target(kFloats);
  const long share = kFloats / threads / 1024 * 1024;
  const double bytes = double(share) * threads * sizeof(float) / 1e9;
  volatile float sink = 0;  // the loops' results are wanted, as far as the compiler knows
  const double flops = 2.0 * loops.multiplyAddsPerRound * kRounds * threads / 1e9;
  const double computed =
      fastest(pool, [&](int) { sink = loops.multiplyAdd(kRounds, 0.999999f, 1e-6f); });
  const double read =
      fastest(pool, [&](int rank) { sink = loops.read(source.data() + rank * share, share); });
  const double written =
      fastest(pool, [&](int rank) { loops.write(target.data() + rank * share, share, 1); });
  const double copied = fastest(pool, [&](int rank) {
    loops.copy(source.data() + rank * share, target.data() + rank * share, share, 0.5f);
  });
  return {flops / computed, bytes / read, bytes / written, 2 * bytes / copied};
}

}  // namespace shakelab
