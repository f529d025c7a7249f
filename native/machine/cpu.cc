#include "cpu.h"

#if defined(__x86_64__)
#include <cpuid.h>

#include <cstdint>
#endif

namespace shakelab {

#if defined(__x86_64__)

namespace {

struct Registers {
  uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
};

// All zero where the CPU does not know the leaf.
Registers cpuid(uint32_t leaf) {
  Registers r;
  __get_cpuid_count(leaf, 0, &r.eax, &r.ebx, &r.ecx, &r.edx);
  return r;
}

constexpr bool hasAll(uint32_t value, uint32_t bits) { return (value & bits) == bits; }

// The registers that the system saves when it changes threads.
bool systemSaves(uint32_t states) {
  constexpr uint32_t osxsave = 1u << 27;
  if (!hasAll(cpuid(1).ecx, osxsave)) return false;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return hasAll(low, states);
}

}  // namespace

bool runsVersion3() {
  constexpr uint32_t ymm = 1u << 1 | 1u << 2;
  constexpr uint32_t fma = 1u << 12, movbe = 1u << 22, avx = 1u << 28, f16c = 1u << 29;
  constexpr uint32_t bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8;
  constexpr uint32_t lzcnt = 1u << 5;
  return hasAll(cpuid(1).ecx, fma | movbe | avx | f16c) &&
         hasAll(cpuid(7).ebx, bmi1 | avx2 | bmi2) &&
         hasAll(cpuid(0x80000001).ecx, lzcnt) && systemSaves(ymm);
}

bool runsVersion4() {
  constexpr uint32_t zmm = 1u << 1 | 1u << 2 | 1u << 5 | 1u << 6 | 1u << 7;
  constexpr uint32_t f = 1u << 16, dq = 1u << 17, cd = 1u << 28, bw = 1u << 30, vl = 1u << 31;
  return runsVersion3() && hasAll(cpuid(7).ebx, f | dq | cd | bw | vl) && systemSaves(zmm);
}

#else

bool runsVersion3() { return false; }
bool runsVersion4() { return false; }

#endif

}  // namespace shakelab
