#include "interpreter.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>

#include "cpu.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define DECLARE_ISA(name)                     \
  namespace name::float32 {                   \
  extern const shakelab::Kernel kernels[];    \
  }                                           \
  namespace name::bf16 {                      \
  extern const shakelab::Kernel kernels[];    \
  }                                           \
  namespace name {                            \
  extern const shakelab::PeakLoops peakLoops; \
  }

#if defined(__x86_64__)
DECLARE_ISA(avx512)
DECLARE_ISA(avx2)
DECLARE_ISA(baseline)
#else
DECLARE_ISA(neon)
#endif

namespace shakelab {

namespace {

struct Candidate {
  Isa isa;
  bool runs;
};

// Best first.
std::vector<Candidate> candidates() {
#define ISA(name) Isa{#name, {name::float32::kernels, name::bf16::kernels}, &name::peakLoops}
#if defined(__x86_64__)
  return {{ISA(avx512), runsVersion4()},
          {ISA(avx2), runsVersion3()},
          {ISA(baseline), true}};
#else
  return {{ISA(neon), true}};
#endif
}

// Numbers too small for a normal float become zero while this lives: they would be slow.
class FlushDenormals {
 public:
#if defined(__x86_64__)
  FlushDenormals() : saved_(_mm_getcsr()) { _mm_setcsr(saved_ | 0x8040); }
  ~FlushDenormals() { _mm_setcsr(saved_); }

 private:
  unsigned saved_;
#endif
};

constexpr size_t kHugePage = size_t(2) << 20;

size_t nextOf(const Section& words, size_t at) { return at + 2 + words[at + 1]; }

size_t instructionsIn(const Section& words) {
  size_t count = 0;
  for (size_t at = 0; at < words.size(); at = nextOf(words, at)) ++count;
  return count;
}

}  // namespace

Isa chooseIsa(const std::string& wanted) {
  std::string names;
  for (const Candidate& candidate : candidates()) {
    if (wanted.empty() ? candidate.runs : wanted == candidate.isa.name) {
      if (!candidate.runs)
        throw std::runtime_error("SHAKELAB_ISA=" + wanted + ": this CPU does not have it");
      return candidate.isa;
    }
    names += std::string(names.empty() ? "" : ", ") + candidate.isa.name;
  }
  throw std::runtime_error("SHAKELAB_ISA=" + wanted + ": must be one of " + names);
}

std::vector<std::string> runningIsas() {
  std::vector<std::string> names;
  for (const Candidate& candidate : candidates())
    if (candidate.runs) names.push_back(candidate.isa.name);
  return names;
}

// calloc hands out pages that the system zeroes when they are first touched: what no instruction
// uses, such as the gradients of a net that is only evaluated, takes no memory.
Arena::Arena(size_t floats) : floats_(floats) {
  const size_t bytes = (floats * sizeof(float) + kHugePage - 1) / kHugePage * kHugePage;
  size_t space = bytes + kHugePage;
  allocation_ = std::calloc(space, 1);
  if (!allocation_) throw std::bad_alloc();
  void* aligned = allocation_;
  data_ = static_cast<float*>(std::align(kHugePage, bytes, aligned, space));
#if defined(__linux__)
  madvise(data_, bytes, MADV_HUGEPAGE);
#endif
  // What rounding up added belongs to nobody: under AddressSanitizer a kernel must not touch it.
  ASAN_POISON_MEMORY_REGION(data_ + floats, bytes - floats * sizeof(float));
}

Arena::~Arena() { std::free(allocation_); }

Interpreter::Interpreter(Isa isa, std::vector<Section> sections, Precision precision,
                         size_t arenaFloats, int batch, int threads)
    : isa_(isa.name),
      kernels_(isa.kernels[precision]),
      sections_(std::move(sections)),
      arena_(arenaFloats),
      pool_(threads),
      pace_(threads),
      indices_(batch),
      augmentations_(batch) {
  int64_t most = 0;
  for (const Section& section : sections_)
    for (size_t at = 0; at < section.size(); at = nextOf(section, at))
      most = std::max(most, kernels_[section[at]].scratch(&section[at + 2]));
  for (int rank = 0; rank < threads; ++rank) scratch_.push_back(std::make_unique<Arena>(most + 16));
}

Pass Interpreter::passOf(int samples) const {
  return {arena_.data(),         arena_.data(), images_, indices_.data(),
          augmentations_.data(), hyper_,        samples, 0,
          samples / kBlock};
}

std::vector<double> Interpreter::run(int section, int samples) {
  using Seconds = std::chrono::duration<double>;
  const Section& words = sections_[section];
  const Pass pass = passOf(samples);
  std::vector<double> nanoseconds;
  const bool together = !pace_.rests();
  // Where in the section the caller goes on alone.
  std::atomic<size_t> aloneFrom{together ? words.size() : 0};
  const auto work = [&](int rank) {
    [[maybe_unused]] const FlushDenormals flush;
    auto start = TeamPace::Clock::now();
    for (size_t at = 0; at < words.size(); at = nextOf(words, at)) {
      const bool alone = at >= aloneFrom.load(std::memory_order_relaxed);
      if (alone && rank > 0) return;
      const Worker worker{rank, alone ? 1 : pool_.size(), scratch_[rank]->data()};
      kernels_[words[at]].run(&words[at + 2], pass, worker);
      if (!alone) {
        pace_.add(rank, Seconds(TeamPace::Clock::now() - start).count());
        if (rank == 0 && pace_.isLost()) aloneFrom.store(at + 1, std::memory_order_relaxed);
        pool_.barrier().wait();
      }
      const auto end = TeamPace::Clock::now();
      if (rank == 0) nanoseconds.push_back(1e9 * Seconds(end - start).count());
      start = end;
    }
  };
  if (!together) return work(0), nanoseconds;
  pace_.begin();
  pool_.run(work);
  pace_.end();
  return nanoseconds;
}

std::vector<double> Interpreter::runApart(int section, int samples, size_t ownFloats) {
  using Nanoseconds = std::chrono::duration<double, std::nano>;
  const Section& words = sections_[section];
  std::vector<double> nanoseconds(instructionsIn(words));
  std::atomic<int> next{0};
  const auto work = [&](int rank) {
    [[maybe_unused]] const FlushDenormals flush;
    const Worker alone{0, 1, scratch_[rank]->data()};
    Pass pass = passOf(samples);
    pass.activations += rank * ownFloats;
    const int blocks = pass.blocks;
    pass.blocks = 1;
    while (rank < blocks && (pass.firstBlock = next.fetch_add(1)) < blocks)
      for (size_t at = 0, index = 0; at < words.size(); at = nextOf(words, at), ++index) {
        const auto start = TeamPace::Clock::now();
        kernels_[words[at]].run(&words[at + 2], pass, alone);
        if (rank == 0) nanoseconds[index] += Nanoseconds(TeamPace::Clock::now() - start).count();
      }
  };
  if (pace_.rests()) work(0);
  else pool_.run(work);
  return nanoseconds;
}

}  // namespace shakelab
