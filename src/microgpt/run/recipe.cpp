// The two recipes.
#include "microgpt/run/recipe.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "microgpt/random/erlang_random.hpp"
#include "microgpt/random/random.hpp"

namespace microgpt {

void Recipe::after_step(Index, Engine&) {}

namespace {

// ---- python: the original

class PythonRecipe final : public Recipe {
  public:
    explicit PythonRecipe(std::uint64_t seed) : random_(seed) {}

    std::vector<std::string_view> documents(std::string_view text, std::string_view name) override {
        std::vector<std::string_view> docs = microgpt::documents(text, name);
        random_.shuffle(docs);
        return docs;
    }
    Split split() const override { return code_point; }
    double weight() override { return random_.gauss(0, 0.08); }
    std::size_t choose(std::span<const double> weights) override {
        return random_.choices(weights);
    }
    std::vector<std::uint64_t> state() const override { return random_.state(); }
    void restore(const std::vector<std::uint64_t>& state) override { random_.restore(state); }

  private:
    Random random_;
};

// ---- elixir: the README's run, with its quirks

class ElixirRecipe final : public Recipe {
  public:
    explicit ElixirRecipe(std::uint64_t seed) : random_(seed) {}

    std::vector<std::string_view> documents(std::string_view text, std::string_view name) override;
    Split split() const override { return grapheme; }
    double weight() override;
    std::size_t choose(std::span<const double> weights) override;
    void after_step(Index step, Engine& engine) override;
    std::vector<std::uint64_t> state() const override { return random_.state(); }
    void restore(const std::vector<std::uint64_t>& state) override { random_.restore(state); }

  private:
    ErlangRandom random_;
};

/// Lines end at "\n" alone and are not stripped, as File.read! and String.split leave them. Then
/// every document draws a number, and they line up by it.
std::vector<std::string_view> ElixirRecipe::documents(std::string_view text,
                                                      std::string_view name) {
    require_utf8(text, name);
    using Ranked = std::pair<double, std::string_view>;
    std::vector<Ranked> ranked;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) ranked.emplace_back(random_.uniform(), text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (ranked.empty()) throw no_document(name);
    std::ranges::sort(ranked, {}, [](const Ranked& doc) {
        return std::pair(doc.first, doc.second.data());  // of equals the one that came first
    });
    std::vector<std::string_view> docs;
    for (const auto& [rank, doc] : ranked) docs.push_back(doc);
    return docs;
}

/// The first quirk. rand:normal/2 takes a mean and a variance. The program hands it 0.08 and means
/// a standard deviation, so its weights start at sqrt(0.08) = 0.28, three and a half times too
/// wide, and its first loss is 5.43 where a model that knows nothing should lose log 27 = 3.30.
double ElixirRecipe::weight() { return std::sqrt(0.08) * random_.normal(); }

std::size_t ElixirRecipe::choose(std::span<const double> weights) {
    const double r = random_.uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
    double sum = 0;
    std::size_t i = 0;
    while ((sum += weights[i]) < r && i + 1 < weights.size()) ++i;
    return i;
}

/// A matrix, and where its numbers begin among the parameters of the model.
struct Placed {
    Shape shape;
    Index begin;
};

std::vector<Placed> placed(const GptConfig& config) {
    std::vector<Placed> matrices;
    Index begin = 0;
    for (const Shape& shape : shapes(config)) {
        matrices.push_back({shape, begin});
        begin += shape.rows * shape.columns;
    }
    return matrices;
}

/// Where all numbers of some matrices stand, one after another.
std::vector<Index> places(const std::vector<Placed>& matrices) {
    std::vector<Index> found;
    for (const auto& [shape, begin] : matrices) {
        for (Index i = 0; i < shape.rows * shape.columns; ++i) found.push_back(begin + i);
    }
    return found;
}

/// The second quirk. The program flattens its parameters matrix by matrix in the order of a map's
/// keys, which is alphabetical. After each step it cuts the flat list into matrices again, in the
/// order in which its source lists them: wte, wpe, lm_head, then every layer's attention, then
/// every layer's MLP. So after the first step each matrix is made of other matrices' numbers.
/// The list itself stays as it was, and Adam's memory with it, so it happens once. (From five
/// layers on an Erlang map has an order of its own, and ours, still alphabetical, is another.)
void ElixirRecipe::after_step(Index step, Engine& engine) {
    if (step != 0) return;
    std::vector<Placed> listed = placed(engine.config());
    std::stable_partition(listed.begin(), listed.end(), [](const Placed& matrix) {
        return matrix.shape.name.find(".mlp_") == std::string::npos;
    });
    std::vector<Placed> flattened = listed;
    std::ranges::sort(flattened, {}, [](const Placed& matrix) { return matrix.shape.name; });

    const std::vector<Index> from = places(flattened);
    const std::vector<Index> to = places(listed);
    std::vector<Index> order(from.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[to[i]] = from[i];
    engine.rearrange(order);
}

}  // namespace

std::unique_ptr<Recipe> make_recipe(std::string_view name, std::uint64_t seed) {
    if (name == "python") return std::make_unique<PythonRecipe>(seed);
    if (name == "elixir") return std::make_unique<ElixirRecipe>(seed);
    throw std::invalid_argument("there is no recipe '" + std::string(name) +
                                "': choose python or elixir");
}

}  // namespace microgpt
