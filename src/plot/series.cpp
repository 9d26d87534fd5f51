// Series: smoothing and thinning.
#include "plot/series.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt::plot {

std::vector<double> running_mean(const std::vector<double>& values) {
    std::vector<double> means;
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i];
        if (i >= mean_window) sum -= values[i - mean_window];
        means.push_back(sum / static_cast<double>(std::min(i + 1, mean_window)));
    }
    return means;
}

std::vector<std::size_t> outline(const std::vector<double>& values, std::size_t buckets) {
    std::vector<std::size_t> finite;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) finite.push_back(i);
    }
    if (finite.size() <= 2 * buckets) return finite;

    std::vector<std::size_t> places;
    const auto lower = [&](std::size_t a, std::size_t b) { return values[a] < values[b]; };
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        const auto begin = finite.begin() + bucket * finite.size() / buckets;
        const auto end = finite.begin() + (bucket + 1) * finite.size() / buckets;
        const auto [lowest, highest] = std::minmax_element(begin, end, lower);
        places.push_back(std::min(*lowest, *highest));
        places.push_back(std::max(*lowest, *highest));
    }
    return places;
}

}  // namespace microgpt::plot
