// Settings: which of them make a run.
#include "microgpt/run/settings.hpp"

#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace microgpt {

Settings checked(const Settings& settings) {
    require_sizes(settings.config(1));
    if (settings.batch == 0) {
        throw std::invalid_argument("a batch of 0 documents: choose 1, or more");
    }
    if (!(settings.learning_rate > 0) || !std::isfinite(settings.learning_rate)) {
        char why[80];
        std::snprintf(why, sizeof why, "a learning rate of %g: choose a number above 0",
                      settings.learning_rate);
        throw std::invalid_argument(why);
    }
    return settings;
}

}  // namespace microgpt
