// Whether a team is worth its barriers. With a processor for each member it is; where others want the
// processors too, whoever is waited for may have none for milliseconds, at every barrier, and one member
// alone is faster by far. Any number of members computes the same bits.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <vector>

namespace shakelab {

class TeamPace {
 public:
  using Clock = std::chrono::steady_clock;

  explicit TeamPace(int members) : shares_(members) {}

  // Whether the first member is to work alone.
  bool rests() const { return shares_.size() == 1 || Clock::now() < restsUntil_; }

  // The team begins a section.
  void begin() {
    started_ = Clock::now();
    for (Share& share : shares_) share.seconds.store(0, std::memory_order_relaxed);
  }

  // A member has computed its share of an instruction.
  void add(int member, double seconds) {
    auto& own = shares_[member].seconds;
    own.store(own.load(std::memory_order_relaxed) + seconds, std::memory_order_relaxed);
  }

  // Whether so much time has been lost that the team is to rest from the next instruction on.
  bool isLost() {
    const double loss = lossSoFar();
    if (loss < kBearable) return false;
    restsUntil_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                     std::chrono::duration<double>(kRest * loss));
    return true;
  }

  // The section is over. What it lost is remembered, what it gained is not.
  void end() { lostBefore_ = rests() ? 0 : std::max(0.0, lossSoFar()); }

 private:
  // On a cache line of its own: each member writes its own all the time.
  struct alignas(64) Share {
    std::atomic<double> seconds{0};
  };

  // Seconds beyond twice what all shares together took, which is what one member alone would need.
  double lossSoFar() const {
    double computed = 0;
    for (const Share& share : shares_) computed += share.seconds.load(std::memory_order_relaxed);
    const std::chrono::duration<double> taken = Clock::now() - started_;
    return lostBefore_ + taken.count() - 2 * computed;
  }

  // Seconds; a passing disturbance costs less.
  static constexpr double kBearable = 0.02;
  // How much longer the team rests than it has lost: finding out costs a twentieth.
  static constexpr double kRest = 20;

  std::vector<Share> shares_;
  Clock::time_point started_;
  Clock::time_point restsUntil_{};
  double lostBefore_ = 0;
};

}  // namespace shakelab
