// Runs programs: a flat list of instructions over one arena (ARCHITECTURE.md, "A program").
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "../kernels/operands.h"
#include "limits.h"
#include "teamPace.h"
#include "threadpool.h"

namespace shakelab {

// The kernels of the best instruction set that this CPU has, or of the one asked for by name.
struct Isa {
  const char* name;
  const Kernel* kernels[2];  // by Precision
  const PeakLoops* peakLoops;
};
// Throws std::runtime_error on a name that is unknown or that this CPU cannot run.
Isa chooseIsa(const std::string& wanted);
// Names of those that this CPU runs, best first.
std::vector<std::string> runningIsas();

// Zeroed memory, on huge pages where the system has them.
class Arena {
 public:
  explicit Arena(size_t floats);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  float* data() const { return data_; }
  size_t floats() const { return floats_; }

 private:
  void* allocation_;
  float* data_;
  size_t floats_;
};

// [opcode, operand count, operands…] one after the other.
using Section = std::vector<int32_t>;

class Interpreter {
 public:
  // The kernels are those of the instruction set for activations in that precision.
  Interpreter(Isa isa, std::vector<Section> sections, Precision precision, size_t arenaFloats,
              int batch, int threads);

  Arena& arena() { return arena_; }
  const char* isa() const { return isa_; }
  float* hyper() { return hyper_; }  // [kHypers]
  void setImages(const uint8_t* images) { images_ = images; }
  std::vector<int32_t>& indices() { return indices_; }
  std::vector<Augmentation>& augmentations() { return augmentations_; }

  // Returns each instruction's nanoseconds. A team that loses time by waiting leaves the rest to the caller.
  std::vector<double> run(int section, int samples);
  // Each thread takes sixteen samples at a time through the whole section, while they are in cache. No
  // sample of it asks for another, and what it stores of sixteen lies in `ownFloats` of each thread's own.
  std::vector<double> runApart(int section, int samples, size_t ownFloats);

 private:
  Pass passOf(int samples) const;
  const char* isa_;
  const Kernel* kernels_;
  std::vector<Section> sections_;
  Arena arena_;
  ThreadPool pool_;
  TeamPace pace_;
  std::vector<std::unique_ptr<Arena>> scratch_;
  std::vector<int32_t> indices_;
  std::vector<Augmentation> augmentations_;
  const uint8_t* images_ = nullptr;
  float hyper_[kHypers] = {};
};

}  // namespace shakelab
