#include "threadpool.h"

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace shakelab {

namespace {

constexpr int kSpins = 4000;
constexpr int kSpinsPerYield = 100;

void pause() {
#if defined(__x86_64__)
  _mm_pause();
#endif
}

void waitWhile(const std::atomic<uint32_t>& value, uint32_t old) {
  for (int spin = 0; spin < kSpins; ++spin) {
    if (value.load(std::memory_order_acquire) != old) return;
    pause();
    // Where threads share a processor, the one that is waited for must get to run.
    if (spin % kSpinsPerYield == kSpinsPerYield - 1) std::this_thread::yield();
  }
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

void Barrier::wait() {
  const uint32_t generation = generation_.load(std::memory_order_acquire);
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 < members_) {
    while (generation_.load(std::memory_order_acquire) == generation)
      waitWhile(generation_, generation);
    return;
  }
  arrived_.store(0, std::memory_order_relaxed);
  generation_.fetch_add(1, std::memory_order_acq_rel);
  generation_.notify_all();
}

ThreadPool::ThreadPool(int threads) : barrier_(threads) {
  for (int rank = 1; rank < threads; ++rank) workers_.emplace_back([this, rank] { work(rank); });
}

ThreadPool::~ThreadPool() {
  stopping_.store(true);
  started_.fetch_add(1);
  started_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void ThreadPool::run(const std::function<void(int)>& body) {
  body_ = &body;
  keepOffCaller();
  started_.fetch_add(1, std::memory_order_acq_rel);
  started_.notify_all();
  body(0);
  barrier_.wait();
}

// Linux likes to wake a thread on the processor of the one that wakes it, where the two would take
// turns until they are parted some milliseconds later.
void ThreadPool::keepOffCaller() {
#if defined(__linux__)
  const int processor = sched_getcpu();
  if (workers_.empty() || processor < 0 || processor == callersProcessor_) return;
  callersProcessor_ = processor;
  cpu_set_t others;
  if (sched_getaffinity(0, sizeof others, &others) != 0 || CPU_COUNT(&others) < 2) return;
  CPU_CLR(processor, &others);
  for (auto& worker : workers_) pthread_setaffinity_np(worker.native_handle(), sizeof others, &others);
#endif
}

void ThreadPool::work(int rank) {
  uint32_t seen = 0;
  while (true) {
    waitWhile(started_, seen);
    const uint32_t now = started_.load(std::memory_order_acquire);
    if (now == seen) continue;
    seen = now;
    if (stopping_.load()) return;
    (*body_)(rank);
    barrier_.wait();
  }
}

}  // namespace shakelab
