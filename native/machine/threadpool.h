// A fixed team of threads that all run the same body, each knowing its rank, and meet at barriers.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace shakelab {

// Spins for a moment, then sleeps, so that a waiting thread is quick and yet harmless to others.
class Barrier {
 public:
  explicit Barrier(int members) : members_(members) {}
  void wait();

 private:
  const int members_;
  std::atomic<int> arrived_{0};
  std::atomic<uint32_t> generation_{0};
};

class ThreadPool {
 public:
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const { return static_cast<int>(workers_.size()) + 1; }
  Barrier& barrier() { return barrier_; }
  // Runs body(rank) on every thread, rank 0 on the caller's; returns when all have finished.
  void run(const std::function<void(int)>& body);

 private:
  void work(int rank);
  void keepOffCaller();

  Barrier barrier_;
  const std::function<void(int)>* body_ = nullptr;
  std::atomic<uint32_t> started_{0};
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> workers_;
  int callersProcessor_ = -1;
};

}  // namespace shakelab
