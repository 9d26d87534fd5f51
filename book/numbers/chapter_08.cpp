// The figures that chapter 8 says: counted, recorded in its output, and measured by `make bench`.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "flops.hpp"
#include "measured.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/model/attention.hpp"
#include "microgpt/random/random.hpp"
#include "numbers.hpp"

namespace microgpt::book {
namespace {

const std::string root = MICROGPT_SOURCE_DIR "/";
const std::string output = "chapters/08-efficiency/output.txt";
constexpr GptConfig model = {.vocab_size = 27};

double rounded(double x, double unit) { return std::round(x / unit) * unit; }

// ---- Work, counted

void count_work(Numbers& numbers) {
    constexpr std::size_t foreseen = 5;  // letters of "emma", and its end
    const double layer = model.n_embd * model.n_embd;
    numbers.count("flops-layer-weights", layer);
    numbers.count("flops-layer", 2 * layer);
    numbers.count("flops-layer-back", 4 * layer);
    numbers.count("flops-layer-all", 6 * layer);
    const double embeddings = model.n_embd * (model.vocab_size + model.block_size);
    const double matrices = count_parameters(model) - embeddings;
    numbers.count("flops-matrices", matrices);
    numbers.count("flops-emma-products", 6 * foreseen * matrices);
    numbers.count("flops-emma-attention",
                  flops_of_document(model, foreseen) - 6 * foreseen * matrices);
    numbers.count("flops-adam", flops_of_adam(model));
    numbers.count("flops-emma", flops_of_document(model, foreseen) + flops_of_adam(model));
}

// ---- The ladder

/// A column of an engine's row in the program's table: the number before that unit.
double column(const std::string& engine, const std::string& unit) {
    return Numbers::read(output, engine + R"( .*?([0-9.]+))" + unit);
}

void measured_steps(Numbers& numbers) {
    const double flops = Numbers::read(output, R"((\d+) FLOPs)");
    numbers.count("flops-step", flops);
    numbers.recorded("peak-f64", output, R"(peak: ([0-9.]+))");
    numbers.recorded("peak-f32", output, R"(precision, ([0-9.]+))");
    numbers.say("peak-step", "%.1f", flops / Numbers::read(output, R"(peak: ([0-9.]+))") / 1000);
    const auto ms = [](const std::string& engine) { return column(engine, " ms"); };
    numbers.count("ladder-graph", ms("graph f64"));
    for (const std::string engine : {"value", "tape", "flat", "fast"}) {
        numbers.say("ladder-" + engine, "%.1f", ms(engine + " f64"));
    }
    numbers.say("ladder-value-share", "%.0f", column("value f64", " % of"));
    numbers.say("ladder-fast-share", "%.0f", column("fast f64", " % of"));
    numbers.say("fast-share-without-adam", "%.0f",
                column("fast f64", " % of") * (1 - flops_of_adam(model) / flops));
    numbers.say("ladder-single", "%.1f", ms("fast f32"));
    numbers.say("ladder-value-faster", "%.0f", column("value f64", " x"));
    for (const std::string engine : {"tape", "flat", "fast"}) {
        numbers.say("ladder-" + engine + "-faster", "%.1f", column(engine + " f64", " x"));
    }
    numbers.say("ladder-single-faster", "%.1f", column("fast f32", " x"));
}

/// What a step remembers. Milliseconds for 1000 steps are microseconds for one.
void remembered(Numbers& numbers) {
    const auto nodes = [](const std::string& engine) {
        return Numbers::read(output, engine + R"( f64 .*? (\d+) +[0-9.]+ KB)");
    };
    const auto ns = [&](const std::string& engine) {
        return 1000 * column(engine + " f64", " ms") / nodes(engine);
    };
    for (const std::string engine : {"graph", "value", "tape"}) {
        numbers.count("ladder-" + engine + "-nodes", nodes(engine));
    }
    numbers.say("ladder-graph-mb", "%.1f", column("graph f64", " KB") / 1000);
    numbers.say("ladder-graph-ns", "%.0f", ns("graph"));
    numbers.say("ladder-value-ns", "%.0f", ns("value"));
    numbers.say("ladder-node-sooner", "%.1f", ns("graph") / ns("value"));
    numbers.say("ladder-nodes-fewer", "%.1f", nodes("graph") / nodes("value"));
    numbers.count("ladder-flops-a-node",
                  rounded(ns("graph") * Numbers::read(output, R"(peak: ([0-9.]+))"), 100));
}

// ---- Attention's way back, by hand

/// The look-up of chapter 4, if the slope along its mixture is (-1, 0).
void attention_back(Numbers& numbers) {
    Tape tape;
    const Vector query = vector_of({1, 2});
    const std::vector<Vector> keys = {vector_of({0, 0}), vector_of({1, 1}), vector_of({1, 0}),
                                      vector_of({0, 0.5})};
    const Vector scores = make_vector(4, [&](Index t) { return dot(query, keys[t]); });
    const Vector mixture = mix(softmax(scores), {vector_of({0, 0}), vector_of({1, 0}),
                                                 vector_of({0, 1}), vector_of({0, 1})});
    const Gradients gradients = backward(-mixture[0]);
    for (const Index i : {0, 1}) {
        const std::string which = std::to_string(i + 1);
        numbers.say("back-key-" + which, "%.4f", -gradients[keys[1]][i]);
        numbers.say("back-query-" + which, "%.4f", -gradients[query][i]);
    }
}

// ---- What it costs in beauty

/// Lines of an engine's room that are not empty, to the nearest hundred.
double lines_of(const std::string& engine) {
    double lines = 0;
    const std::string room = root + "src/microgpt/engines/" + engine;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(room)) {
        if (entry.path().extension() == ".md" || entry.is_directory()) continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) lines += line.empty() ? 0 : 1;
    }
    return rounded(lines, 100);
}

/// The modules that the library's list names, to the nearest ten.
double modules() {
    std::ifstream list(root + "src/CMakeLists.txt");
    double count = 0;
    bool in_list = false;
    for (std::string word; list >> word;) {
        if (in_list) ++count;
        in_list = word.starts_with("set(modules_0") || (in_list && !word.ends_with(')'));
    }
    return rounded(count, 10);
}

void beauty(Numbers& numbers) {
    numbers.count("modules", modules());
    for (const std::string engine : {"graph", "tape", "flat", "fast"}) {
        numbers.count("lines-" + engine, lines_of(engine));
    }
}

// ---- The last digit

void rounding(Numbers& numbers) {
    const volatile double tenth = 0.1;  // or the compiler would do the sums
    const std::vector<double> terms = {tenth, 2 * tenth, 0.3};
    for (std::size_t i = 0; i < 3; ++i) {
        numbers.say("term-" + std::to_string(i + 1), "%.1f", terms[i]);
    }
    numbers.say("sum-from-left", "%.16f", (terms[0] + terms[1]) + terms[2]);
    numbers.say("sum-from-right", "%.16f", terms[0] + (terms[1] + terms[2]));
    numbers.recorded("single-equal", "tests/test_engines.cpp", R"(CHECK\(equal >= (\d+)\))");
    numbers.say("float-normal", "%.0f", -std::log10(std::numeric_limits<float>::min()));
    numbers.say("beta1-to-500", "%.0f", -500 * std::log10(0.85));
}

// ---- What `make bench` measured

constexpr int wide = 128;
constexpr int wider = 256;

void shares_of_peak(Numbers& numbers) {
    const auto share = [&](const std::string& key, const std::string& size) {
        numbers.say(key, "%.0f", 100 * benchmark(size).at("of_peak").get<double>());
    };
    numbers.count("width-wide", wide);
    numbers.count("width-wider", wider);
    share("bench-f64-1-wide", size_of("f64", 1, wide, 1));
    share("bench-f64-1-wider", size_of("f64", 1, wider, 1));
    share("bench-f64-1-large", size_of("f64", 1, 288, 4));
    share("bench-f64-16-small", size_of("f64", 16, 16, 1));
    share("bench-f64-16-wide", size_of("f64", 16, wide, 1));
    share("bench-f64-16-large", size_of("f64", 16, 288, 4));
    share("bench-f32-16-wide", size_of("f32", 16, wide, 1));
}

/// The FLOPs of a name in the mean, Adam's left out, and how many tokens it has.
double flops_of_a_name(Numbers& numbers, const GptConfig& config) {
    std::vector<std::string_view> docs = load_names(stderr);
    Random random(42);
    random.shuffle(docs);
    docs.resize(1000);
    double flops = 0;
    double tokens = 0;
    for (const std::string_view doc : docs) {
        flops += flops_of_document(config, doc.size() + 1) / 1000;
        tokens += (static_cast<double>(doc.size()) + 1) / 1000;
    }
    numbers.say("tokens-a-name", "%.2f", tokens);
    return flops;
}

/// The largest model, whose weights come from memory at each step.
void roofline(Numbers& numbers) {
    const nlohmann::json one = benchmark(size_of("f64", 1, 288, 4));
    const double parameters = one.at("parameters");
    const double bytes = bytes_of_a_step(one, 8) / parameters;
    const GptConfig config = {.vocab_size = 27, .n_layer = 4, .n_embd = 288};
    const double names = flops_of_a_name(numbers, config) / parameters;
    const double adam = flops_of_adam(config) / parameters;
    const double rate = bytes * parameters / seconds(one);
    numbers.count("width-largest", config.n_embd);
    numbers.count("large-parameters", parameters);
    numbers.say("large-mb", "%.0f", 4 * 8 * parameters / 1e6);
    numbers.say("large-ms", "%.1f", 1000 * seconds(one));
    numbers.say("large-flops", "%.0f", names + adam);
    numbers.say("large-flops-a-byte", "%.1f", (names + adam) / bytes);
    numbers.say("large-gb-a-second", "%.1f", rate / 1e9);
    numbers.say("large-ridge", "%.1f", 1e9 * Numbers::read(output, R"(peak: ([0-9.]+))") / rate);
    numbers.count("large-flops-16", 16 * names + adam);
    const auto mb = [](const nlohmann::json& measured) {
        return 4 * 8 * measured.at("parameters").get<double>() / 1e6;
    };
    numbers.count("small-kb", 4 * 8 * count_parameters(model) / 1e3);
    numbers.say("cliff-before-mb", "%.1f", mb(benchmark(size_of("f64", 1, wide, 1))));
    numbers.say("cliff-after-mb", "%.0f", mb(benchmark(size_of("f64", 1, wider, 1))));
}

void threads_and_samples(Numbers& numbers) {
    const nlohmann::json one = benchmark("threads:1/real_time");
    const nlohmann::json two = benchmark("threads:2/real_time");
    numbers.count("threads-parameters", one.at("parameters"));
    numbers.count("threads-one-us", 1e6 * seconds(one));
    numbers.count("threads-two-us", 1e6 * seconds(two));
    numbers.say("threads-faster", "%.2f", seconds(one) / seconds(two));
    for (const std::string dtype : {"f64", "f32"}) {
        for (const std::string side_by_side : {"1", "64"}) {
            const nlohmann::json found =
                benchmark("sample/" + dtype + "/side_by_side:" + side_by_side);
            numbers.say("sample-" + dtype + "-" + side_by_side, "%.1f",
                        found.at("tokens/s").get<double>() / 1e6);
        }
    }
    const std::string text = "bench/results.txt";
    double sum = 0;
    for (const auto& [phase, pattern] : {std::pair("forward", R"(forward +([0-9.]+) us)"),
                                         {"backward", R"(backward/manual_time +([0-9.]+) us)"},
                                         {"adam", R"(adam +([0-9.]+) us)"}}) {
        numbers.say(std::string("phase-") + phase, "%.1f", Numbers::read(text, pattern));
        sum += Numbers::read(text, pattern);
    }
    numbers.say("phase-sum", "%.1f", sum);
}

}  // namespace

void chapter_08(Numbers& numbers) {
    count_work(numbers);
    measured_steps(numbers);
    remembered(numbers);
    attention_back(numbers);
    beauty(numbers);
    rounding(numbers);
    shares_of_peak(numbers);
    roofline(numbers);
    threads_and_samples(numbers);
}

}  // namespace microgpt::book
