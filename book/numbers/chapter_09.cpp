// The figures that chapter 9 says: by hand, recorded, and measured by `make bench-cluster`.
#include <cmath>
#include <fstream>

#include "cluster_rows.hpp"
#include "microgpt/engines/order/summation.hpp"
#include "microgpt/model/gpt.hpp"
#include "networks.hpp"
#include "numbers.hpp"

namespace microgpt::book {
namespace {

const std::string root = MICROGPT_SOURCE_DIR "/";
const std::string output = "chapters/09-machines/output.txt";
constexpr GptConfig model = {.vocab_size = 27};

// ---- By hand

/// A number with two digits, as a pencil keeps it that has no room for more.
double two_digits(double x) {
    const double unit = std::pow(10, std::floor(std::log10(x)) - 1);
    return std::round(x / unit) * unit;
}

void pencil(Numbers& numbers) {
    numbers.count("pencil-first", 99 + 4);
    numbers.count("pencil-second", two_digits(99 + 4) + 4);
    numbers.count("pencil-from-left", two_digits(two_digits(99 + 4) + 4));
    numbers.count("pencil-all", 99 + 8);
    numbers.count("pencil-from-right", two_digits(99 + two_digits(4 + 4)));
}

void bytes(Numbers& numbers) {
    const double parameters = count_parameters(model);
    numbers.count("rank-means", parameters / 2);
    numbers.count("rank-share-bytes", 4 * parameters / 2);
    numbers.count("rank-step-bytes", 2 * 4 * parameters / 2);
    numbers.count("rank-sends-four", parameters * 3 / 4);
    numbers.count("bundle-size", bundle_size);
    numbers.recorded("ranks-tested", "tests/test_cluster.cpp", R"(GENERATE\(1, .*, (\d)\))");
    numbers.count("ranks-busy", bundles_of(64));
}

// ---- What the chapter's program said, and said when it was broken

void recorded(Numbers& numbers) {
    const std::string broken = "chapters/09-machines/breaks/arrival.txt";
    const std::string f32 = R"(2 ranks, f32 +[0-9.]+ nats +)";
    const std::string f64 = R"(2 ranks, f64 +[0-9.]+ nats +)";
    numbers.recorded("arrival-f32-loss", broken, f32 + R"(([0-9.]+))");
    numbers.recorded("arrival-f32-alone", broken, R"(one process, f32 +[0-9.]+ nats +([0-9.]+))");
    numbers.say("arrival-f32-same", "%.0f",
                Numbers::read(broken, f32 + R"([0-9.]+ nats +([0-9.]+))"));
    numbers.say("arrival-f64-same", "%.0f",
                Numbers::read(broken, f64 + R"([0-9.]+ nats +([0-9.]+))"));
    numbers.recorded("alpha-us", output, R"(alpha ([0-9.]+))");
    numbers.recorded("beta-gb", output, R"(beta ([0-9.]+))");
}

// ---- What `make bench-cluster` measured

void measured(Numbers& numbers) {
    const auto rows = read_cluster_rows(std::ifstream(root + "bench/cluster.txt"));
    const auto step = [&](double ranks, double parameters, double batch) {
        return cluster_row(rows, "step",
                           {{"ranks", ranks}, {"parameters", parameters}, {"batch", batch}});
    };
    numbers.say("cluster-load", "%.1f", cluster_row(rows, "load", {{"ranks", 1}})["average"]);
    const std::pair<std::string, double> sizes[] = {
        {"small", 4192}, {"middle", 102784}, {"large", 795392}};
    for (const auto& [name, parameters] : sizes) {
        const ClusterRow one = step(1, parameters, 64), two = step(2, parameters, 64),
                         twice = step(2, parameters, 128);
        numbers.count("cluster-" + name, parameters);
        numbers.say("strong-" + name + "-one", "%.2f", one["ms"]);
        numbers.say("strong-" + name + "-two", "%.2f", two["ms"]);
        numbers.say("strong-" + name, "%.2f", one["ms"] / two["ms"]);
        numbers.say("weak-" + name + "-two", "%.2f", twice["ms"]);
        numbers.say("weak-" + name, "%.0f", 100 * one["ms"] / twice["ms"]);
        const ClusterRow sum = cluster_row(rows, "sum", {{"ranks", 2}, {"parameters", parameters}});
        numbers.say("ordered-" + name, "%.0f", sum["ordered"]);
        numbers.say("allreduce-" + name, "%.0f", sum["allreduce"]);
        const ClusterRow off =
            cluster_row(rows, "model", {{"ranks", 2}, {"parameters", parameters}, {"batch", 64}});
        numbers.say("modelled-" + name, "%.2f", off["ms"]);
        numbers.say("modelled-" + name + "-off", "%.0f", std::abs(off["off"]));
    }
}

// ---- What the model says

void modelled(Numbers& numbers) {
    const std::string names[] = {"slow", "quick", "aries"};
    for (std::size_t i = 0; i < 3; ++i) {
        const Network& network = known_networks[i].network;
        numbers.say("network-" + names[i] + "-us", "%.1f", 1e6 * network.latency);
        numbers.say("network-" + names[i] + "-gb", "%.1f", network.bandwidth / 1e9);
    }
    const Network& slow = known_networks[0].network;
    const Network& quick = known_networks[1].network;
    const double ms =
        Numbers::read("chapters/08-efficiency/output.txt", R"(fast f64 .*?([0-9.]+) ms)");
    numbers.say("network-slow-steps", "%.0f", std::floor(1e6 * slow.latency / ms));
    constexpr std::size_t many = 4096;
    const Workload small = workload_of(known_sizes[0]);
    const Workload large = workload_of(known_sizes[2]);
    numbers.count("many-ranks", many);
    numbers.count("step-tokens", large.tokens);
    numbers.say("many-large-slow", "%.0f", 100 * efficiency(large, slow, many));
    numbers.say("many-large-quick", "%.0f", 100 * efficiency(large, quick, many));
    numbers.say("many-small-quick", "%.0f", 100 * efficiency(small, quick, many));
    numbers.say("large-one-hours", "%.0f", step_cost(large, quick, 1).all() / 3600);
    numbers.say("large-many-seconds", "%.0f", step_cost(large, quick, many).all());
    const StepCost cost = step_cost(small, quick, many);
    numbers.say("small-many-work-us", "%.0f", 1e6 * cost.compute);
    numbers.say("small-many-ms", "%.0f", 1e3 * (cost.exchange + cost.gather));
}

// ---- Losses: Llama 3's, as its authors tell them

void failures(Numbers& numbers) {
    constexpr double days = 54, interruptions = 419, gpus = 16384;
    const double between = days * 24 * 60 / interruptions;  // minutes
    numbers.count("llama-gpus", gpus);
    numbers.count("llama-interruptions", interruptions);
    numbers.say("llama-hours", "%.1f", between / 60);
    numbers.say("young-minutes", "%.0f", save_every(2, 400));
    numbers.count("young-between", 400);
    numbers.say("young-lost", "%.0f", 100 * lost_share(40, 2, 400));
    numbers.say("llama-every", "%.0f", save_every(1, between));
    numbers.say("llama-lost", "%.0f", 100 * lost_share(save_every(1, between), 1, between));
    numbers.say("gpu-years", "%.0f", gpus * between / 60 / 24 / 365);
}

}  // namespace

void chapter_09(Numbers& numbers) {
    pencil(numbers);
    bytes(numbers);
    recorded(numbers);
    measured(numbers);
    modelled(numbers);
    failures(numbers);
}

}  // namespace microgpt::book
