// Series: numbers in a row, made fit to be drawn.
#pragma once

#include <string>
#include <vector>

namespace microgpt::plot {

/// A name, and its values at x = 1, 2, 3, …
struct Series {
    std::string name;
    std::vector<double> values;
};

/// A level to compare with.
struct Reference {
    double y;
    std::string label;
};

/// How many values a running mean is taken over.
constexpr std::size_t mean_window = 100;

/// Whether a series is so long that its running mean tells more than its values.
inline bool is_long(const Series& series) { return series.values.size() > 2 * mean_window; }

/// For each value, the mean of the last mean_window values: of fewer at the start.
std::vector<double> running_mean(const std::vector<double>& values);

/// The places of the values that show when all are drawn in `buckets` narrow columns: in each, the
/// lowest and the highest. All of them, if they are few. Infinities and NaNs are left out.
std::vector<std::size_t> outline(const std::vector<double>& values, std::size_t buckets);

}  // namespace microgpt::plot
