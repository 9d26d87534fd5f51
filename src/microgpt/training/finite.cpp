// Finite: the first gradient that is not, by the name of its parameter.
#include "microgpt/training/finite.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace microgpt {

void require_finite(const GptConfig& config, std::span<const double> gradients) {
    const auto is_bad = [](double g) { return !std::isfinite(g * g); };
    const auto bad = std::ranges::find_if(gradients, is_bad);
    if (bad == gradients.end()) return;
    const auto i = static_cast<std::size_t>(bad - gradients.begin());
    throw NumberError("the gradient at " + parameter_name(config, i) + " is " +
                      std::to_string(*bad));
}

}  // namespace microgpt
