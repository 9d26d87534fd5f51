// dot: two rows of numbers, multiplied one by one and added up.
#pragma once

#include <cstddef>

namespace microgpt {

/// a[0]·b[0] + a[1]·b[1] + … of `length` numbers. Four sums side by side: one alone would wait for
/// each addition to end before the next. The count is no Index, which may wrap around: that would
/// keep the compiler from adding two at a time.
inline double dot(const double* a, const double* b, std::size_t length) {
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= length; i += 4) {
        for (std::size_t j = 0; j < 4; ++j) sums[j] += a[i + j] * b[i + j];
    }
    for (; i < length; ++i) sums[0] += a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// Adds `scale` times each of `terms` to one of `sums`: what a dot product passes back to a row.
inline void add_scaled(double* sums, double scale, const double* terms, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) sums[i] += scale * terms[i];
}

}  // namespace microgpt
