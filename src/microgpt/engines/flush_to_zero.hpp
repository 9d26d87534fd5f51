// FlushToZero: numbers too small to be normal count as 0 for a while.
#pragma once

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace microgpt {

/// In single precision Adam's mean of a gradient that stays 0 soon gets so small (0.85^500 of what
/// it was) that some processors need a hundred times as long for it. While this object lives, its
/// thread takes such numbers for 0, on processors that can.
class FlushToZero {
  public:
#if defined(__SSE2__)
    FlushToZero() : before_(_mm_getcsr()) { _mm_setcsr(static_cast<unsigned>(before_) | 0x8040); }
    ~FlushToZero() { _mm_setcsr(static_cast<unsigned>(before_)); }
#elif defined(__aarch64__)
    FlushToZero() {
        asm volatile("mrs %0, fpcr" : "=r"(before_));
        asm volatile("msr fpcr, %0" : : "r"(before_ | (1UL << 24)));
    }
    ~FlushToZero() { asm volatile("msr fpcr, %0" : : "r"(before_)); }
#else
    FlushToZero() = default;
    ~FlushToZero() {}
#endif
    FlushToZero(const FlushToZero&) = delete;
    FlushToZero& operator=(const FlushToZero&) = delete;

  private:
    [[maybe_unused]] unsigned long before_ = 0;
};

}  // namespace microgpt
