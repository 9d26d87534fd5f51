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
        char why[96];
        std::snprintf(why, sizeof why, "a learning rate of %.15g: choose a number above 0",
                      settings.learning_rate);
        throw std::invalid_argument(why);
    }
    if (!(settings.held_out >= 0 && settings.held_out < 1)) {
        char why[96];
        std::snprintf(why, sizeof why,
                      "a share of %.15g held out: choose 0, or more but below 1, as 0.1 is",
                      settings.held_out);
        throw std::invalid_argument(why);
    }
    if (settings.tokens > 0 && settings.tokens < 256) {
        throw std::invalid_argument(std::to_string(settings.tokens) +
                                    " tokens: choose 256 or more, since each byte is one");
    }
    return settings;
}

}  // namespace microgpt
