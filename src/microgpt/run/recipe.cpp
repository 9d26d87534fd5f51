// The two recipes, side by side.
#include "microgpt/run/recipe.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include "microgpt/run/elixir_order.hpp"

namespace microgpt {

namespace {

/// rand:normal/2 takes a mean and a variance. The Elixir program hands it 0.08 and means a standard
/// deviation, so its weights start at sqrt(0.08) = 0.28, three and a half times too wide, and its
/// first loss is 5.43 where a model that knows nothing should lose log 27 = 3.30.
const double elixir_sigma = std::sqrt(0.08);

const Recipe recipes[] = {
    {"python", documents, code_point, python_draws, 0.08, nullptr},
    {"elixir", unstripped_documents, grapheme, elixir_draws, elixir_sigma, elixir_order},
};

}  // namespace

const Recipe& recipe_of(std::string_view name) {
    for (const Recipe& recipe : recipes) {
        if (recipe.name == name) return recipe;
    }
    throw std::invalid_argument("there is no recipe '" + std::string(name) +
                                "': choose python or elixir");
}

}  // namespace microgpt
