// The figures that appendices A and C say: each wrong turn on the way to the references, as a run.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <numbers>
#include <numeric>
#include <random>
#include <stdexcept>

#include "microgpt/random/erlang_random.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/elixir_order.hpp"
#include "microgpt/run/engines.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

constexpr Index steps = 1000;
constexpr GptConfig config = {.vocab_size = 27};
const double narrow = 0.08;
const double wide = std::sqrt(narrow);

using Docs = std::vector<std::string_view>;

void require(bool holds, const std::string& what) {
    if (!holds) throw std::logic_error("appendix A: no longer so: " + what);
}

const Dataset& names() {
    static const Dataset loaded = load_dataset();
    return loaded;
}

/// As the Elixir program reads and orders them.
Docs shuffled_names(Draws& draws) {
    Docs docs = unstripped_documents(names().text, names().name);
    draws.shuffle(docs);
    return docs;
}

std::vector<Index> tokens(std::string_view doc) {
    static const Tokenizer tokenizer(documents(names().text, names().name));
    return tokenizer.encode(doc);
}

std::unique_ptr<Engine> model(const Draw& draw, double learning_rate = 0.01) {
    return engine_kind({}).make({.config = config, .learning_rate = learning_rate}, draw);
}

double step(Engine& engine, const Docs& docs, Index number) {
    const std::vector<Index> doc = tokens(docs[number]);
    return engine.step(std::span(&doc, 1), linear_decay(number, steps));
}

double mean_of_last_100(const std::vector<double>& losses) {
    return std::accumulate(losses.end() - 100, losses.end(), 0.0) / 100;
}

std::string printed(double loss) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", loss);
    return text;
}

// ---- The original, and how one may fail to be it

Docs python_docs(Random& random) {
    Docs docs = documents(names().text, names().name);
    random.shuffle(docs);
    return docs;
}

/// A random point of the plane, normal in both directions: cosine first.
std::pair<double, double> point(Random& random) {
    const double angle = random.random() * 2 * std::numbers::pi;
    const double radius = std::sqrt(-2 * std::log(1 - random.random()));
    return {std::cos(angle) * radius, std::sin(angle) * radius};
}

/// The weights that a generator gives if it draws the four matrices of attention from the right.
std::vector<double> from_the_right(Random& random) {
    const std::vector<Shape> all = shapes(config);
    std::vector<std::vector<double>> drawn(all.size());
    for (const std::size_t matrix : {0, 1, 2, 6, 5, 4, 3, 7, 8}) {
        drawn[matrix].resize(std::size_t{all[matrix].rows} * all[matrix].columns);
        for (double& weight : drawn[matrix]) weight = random.gauss(0, narrow);
    }
    std::vector<double> weights;
    for (const auto& matrix : drawn) weights.insert(weights.end(), matrix.begin(), matrix.end());
    return weights;
}

double first_loss(const Docs& docs, const Draw& draw) { return step(*model(draw), docs, 0); }

void python_first_losses(Numbers& numbers) {
    const auto say = [&](const std::string& key, double loss) {
        numbers.say("first-loss-" + key, "%.4f", loss);
    };
    const auto try_draws = [&](const std::string& key, const auto& draws) {
        Random random(42);
        const Docs docs = python_docs(random);
        say(key, first_loss(docs, draws(random)));
    };
    try_draws("cosine-only",
              [](Random& random) { return [&] { return narrow * point(random).first; }; });
    try_draws("sine-first", [](Random& random) {
        return [&, spare = std::optional<double>()]() mutable {
            if (spare) return *std::exchange(spare, {}) * narrow;
            const auto [cosine, sine] = point(random);
            spare = cosine;
            return sine * narrow;
        };
    });
    try_draws("from-the-right", [](Random& random) {
        return [weights = from_the_right(random), i = std::size_t{0}]() mutable {
            return weights[i++];
        };
    });
    Random late(42);
    std::vector<double> weights(static_cast<std::size_t>(count_parameters(config)));
    for (double& weight : weights) weight = late.gauss(0, narrow);
    const Docs docs = python_docs(late);
    require(docs[0] == "raniah", "the first name after the weights");
    say("weights-first", first_loss(docs, [&, i = 0]() mutable { return weights[i++]; }));

    numbers.say("python-first-random", "%.4f", Random(42).random());
    std::mt19937 standard(42);
    const double high = static_cast<double>(standard() >> 5);
    const double low = static_cast<double>(standard() >> 6);
    std::mt19937 same(42);
    numbers.say("standard-uniform-random", "%.4f", std::uniform_real_distribution<double>()(same));
    numbers.say("standard-first-random", "%.4f", (high * 0x1p26 + low) * 0x1p-53);
}

// ---- How wide the weights were

void widths(Numbers& numbers) {
    const std::vector<double> tried = {0.08, 0.16, 0.24, wide, 0.32};
    std::vector<std::vector<double>> losses(tried.size());
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Random random(seed);
        const Docs docs = python_docs(random);
        std::vector<double> normal(static_cast<std::size_t>(count_parameters(config)));
        for (double& z : normal) z = random.gauss(0, 1);
        for (std::size_t i = 0; i < tried.size(); ++i) {
            losses[i].push_back(
                first_loss(docs, [&, k = 0]() mutable { return tried[i] * normal[k++]; }));
        }
    }
    for (std::size_t i = 0; i < tried.size(); ++i) {
        const std::string key = std::to_string(static_cast<int>(std::lround(100 * tried[i])));
        std::ranges::sort(losses[i]);
        numbers.say("width-" + key, "%.2f", tried[i]);
        numbers.say("width-" + key + "-least", "%.2f", losses[i][5]);
        numbers.say("width-" + key + "-median", "%.2f", (losses[i][49] + losses[i][50]) / 2);
        numbers.say("width-" + key + "-most", "%.2f", losses[i][94]);
    }
}

// ---- The port, with and without its quirks

struct Port {
    std::uint64_t seed = 42;
    double width = wide;
    bool ascending = true;
    bool moves = true;
    double learning_rate = 0.01;
};

std::vector<double> losses_of(const Port& port, Index count = steps) {
    const auto draws = elixir_draws(port.seed);
    Docs docs = shuffled_names(*draws);
    if (!port.ascending) std::ranges::reverse(docs);
    const auto engine =
        model([&] { return draws->normal(wide) / wide * port.width; }, port.learning_rate);
    std::vector<double> losses;
    for (Index i = 0; i < count; ++i) {
        losses.push_back(step(*engine, docs, i));
        if (port.moves && i == 0) engine->rearrange(elixir_order(config));
    }
    return losses;
}

void port_first_losses(Numbers& numbers) {
    const auto say = [&](const std::string& key, const Port& port, std::size_t step) {
        numbers.say(key + "-step-" + std::to_string(step), "%.4f", losses_of(port, 2)[step - 1]);
    };
    say("port", {}, 1);
    say("port", {}, 2);
    say("narrow", {.width = narrow}, 1);
    say("descending", {.ascending = false}, 1);
    say("descending", {.ascending = false}, 2);
    say("at-home", {.moves = false}, 2);
    say("still", {.learning_rate = 0}, 2);
    say("still-at-home", {.moves = false, .learning_rate = 0}, 2);
}

double lines_of(const std::string& path) {
    std::ifstream in(std::string(MICROGPT_SOURCE_DIR "/") + path);
    return static_cast<double>(std::count(std::istreambuf_iterator<char>(in), {}, '\n'));
}

/// How many draws the weights take, and which is the first that takes more than one.
void ziggurat(Numbers& numbers) {
    const auto port = elixir_draws(42);
    const Docs docs = shuffled_names(*port);
    require(docs[0] == "kimorah" && docs[1] == "ananias" && docs.back() == "brison", "the names");
    ErlangRandom random(0);
    random.restore(port->state());
    ErlangRandom counter = random;
    double draws = 0;
    double first_slow = 0;
    for (Index weight = 1; weight <= count_parameters(config); ++weight) {
        random.normal();
        const double before = draws;
        do {
            counter.uniform();
            ++draws;
        } while (counter.state() != random.state());
        if (first_slow == 0 && draws > before + 1) first_slow = weight;
    }
    numbers.count("ziggurat-layers", lines_of("tests/golden/erlang-ziggurat.csv") - 1);
    numbers.count("ziggurat-draws", draws);
    numbers.count("ziggurat-first-slow", first_slow);
}

/// The mean loss of ten steps before and of the ten after, if the parameters move house only then.
void a_late_move(Numbers& numbers) {
    const auto draws = elixir_draws(42);
    const Docs docs = shuffled_names(*draws);
    const auto engine = model([&] { return draws->normal(wide); });
    constexpr Index late = 500;
    std::vector<double> losses;
    for (Index i = 0; i < late + 10; ++i) {
        losses.push_back(step(*engine, docs, i));
        if (i + 1 == late) engine->rearrange(elixir_order(config));
    }
    const auto mean = [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
        const double sum = std::accumulate(losses.begin() + begin, losses.begin() + end, 0.0);
        return sum / static_cast<double>(end - begin);
    };
    numbers.count("late-move-step", late);
    numbers.say("late-move-before", "%.2f", mean(late - 10, late));
    numbers.say("late-move-after", "%.2f", mean(late, late + 10));
}

struct Mean {
    double mean;
    double error;
};

Mean mean_of(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / (count - 1) / count)};
}

/// What either quirk does to the mean of the last hundred losses, for twenty seeds.
void what_it_cost(Numbers& numbers) {
    std::vector<double> wider;
    std::vector<double> moving;
    std::vector<double> losses[2][2];
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        double loss[2][2];
        for (const bool is_wide : {false, true}) {
            for (const bool moves : {false, true}) {
                const double last = mean_of_last_100(
                    losses_of({.seed = seed, .width = is_wide ? wide : narrow, .moves = moves}));
                loss[is_wide][moves] = last;
                losses[is_wide][moves].push_back(last);
            }
        }
        for (const bool other : {false, true}) {
            wider.push_back(loss[true][other] - loss[false][other]);
            moving.push_back(loss[other][true] - loss[other][false]);
        }
    }
    numbers.say("cost-narrow-at-home", "%.3f", mean_of(losses[0][0]).mean);
    numbers.say("cost-narrow-moved", "%.3f", mean_of(losses[0][1]).mean);
    numbers.say("cost-wide-at-home", "%.3f", mean_of(losses[1][0]).mean);
    numbers.say("cost-wide-moved", "%.3f", mean_of(losses[1][1]).mean);
    numbers.say("cost-of-width", "%.3f", mean_of(wider).mean);
    numbers.say("cost-of-width-error", "%.3f", mean_of(wider).error);
    numbers.say("saved-by-moving", "%.3f", -mean_of(moving).mean);
    numbers.say("saved-by-moving-error", "%.3f", mean_of(moving).error);
}

/// Which matrix's numbers each matrix is made of.
void moved(Numbers& numbers) {
    std::vector<std::string> home;
    for (const Shape& shape : shapes(config)) {
        home.insert(home.end(), std::size_t{shape.rows} * shape.columns, shape.name);
    }
    const std::vector<Index> order = elixir_order(config);
    double at_home = 0;
    std::map<std::pair<std::string, std::string>, double> made_of;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::string& from = home[order[i]];
        ++made_of[{home[i], from}];
        at_home += from == home[i] ? 1 : 0;
    }
    require(at_home == 0, "no number stays at home");
    numbers.count("moved-wte", static_cast<double>(std::ranges::count(home, "wte")));
    numbers.count("moved-wte-wk", made_of[{"wte", "layer0.attn_wk"}]);
    numbers.count("moved-wte-wo", made_of[{"wte", "layer0.attn_wo"}]);
}

// ---- The whole runs, and how near is near enough

std::vector<double> reference(const std::string& recipe) {
    std::ifstream in(MICROGPT_SOURCE_DIR "/tests/golden/" + recipe + "-seed42.losses.txt");
    return {std::istream_iterator<double>(in), {}};
}

struct Difference {
    double largest = 0;
    double printed = 0;
};

Difference difference(const std::vector<double>& a, const std::vector<double>& b) {
    Difference found;
    for (std::size_t i = 0; i < a.size(); ++i) {
        found.largest = std::max(found.largest, std::abs(a[i] - b[i]));
        found.printed += printed(a[i]) != printed(b[i]) ? 1 : 0;
    }
    return found;
}

std::vector<double> nudged(double by) {
    Random random(42);
    const Docs docs = python_docs(random);
    const auto engine = model([&] { return random.gauss(0, narrow) + std::exchange(by, 0); });
    std::vector<double> losses;
    for (Index i = 0; i < steps; ++i) losses.push_back(step(*engine, docs, i));
    return losses;
}

/// How far a run strays if its first weight is a little larger.
void nearness(Numbers& numbers) {
    for (const int exponent : {-12, -9, -6, -5, -3}) {
        const double by = std::pow(10, exponent);
        const auto [largest, printed] = difference(nudged(by), reference("python"));
        const std::string key = "nudge-" + std::to_string(-exponent);
        if (largest / by < 10) {
            numbers.say(key + "-factor", "%.2f", largest / by);
        } else {
            numbers.count(key + "-factor", largest / by);
            numbers.say(key + "-most", "%.2f", largest);
        }
        numbers.count(key + "-printed", printed);
    }
}

void both_runs(Numbers& numbers) {
    const std::vector<double> losses = reference("elixir");
    const auto least = std::ranges::min_element(losses);
    numbers.say("port-last", "%.4f", losses.back());
    numbers.say("port-last-rounded", "%.2f", losses.back());
    numbers.say("last-loss-rounded", "%.2f", reference("python").back());
    numbers.say("port-least", "%.4f", *least);
    numbers.say("port-least-rounded", "%.2f", *least);
    numbers.count("port-least-step", static_cast<double>(least - losses.begin() + 1));
    numbers.say("port-last-100", "%.4f", mean_of_last_100(losses));
    numbers.say("python-step-2", "%.4f", reference("python")[1]);
    numbers.say("tenth", "%g", 0.1);
    require(std::fma(0.1, 10.0, -1.0) == 0x1p-54, "the product that is not rounded");
}

// ---- Three languages

void designs(Numbers& numbers) {
    const std::string output = "chapters/08-efficiency/output.txt";
    for (const std::string engine : {"graph", "value"}) {
        const std::string line = engine + " f64 [^\\n]* ";
        const auto read = [&](const std::string& rest) {
            return Numbers::read(output, "\n" + line + rest);
        };
        numbers.count("three-" + engine + "-nodes", read("([0-9]+) +[0-9.]+ KB"));
        numbers.count("three-" + engine + "-ms", read("([0-9.]+) ms"));
    }
}

}  // namespace

void appendices(Numbers& numbers) {
    python_first_losses(numbers);
    widths(numbers);
    port_first_losses(numbers);
    ziggurat(numbers);
    a_late_move(numbers);
    what_it_cost(numbers);
    moved(numbers);
    nearness(numbers);
    first_flip(numbers);
    both_runs(numbers);
    designs(numbers);
}

}  // namespace microgpt::book
