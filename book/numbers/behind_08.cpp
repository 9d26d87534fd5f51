// The figures behind chapter 8: a roofline, one factor at a time, and two frameworks.
#include <fstream>
#include <stdexcept>
#include <string>

#include "cluster_rows.hpp"
#include "measured.hpp"
#include "microgpt/model/gpt.hpp"
#include "numbers.hpp"

namespace microgpt::book {
namespace {

const std::string root = MICROGPT_SOURCE_DIR "/";

// ---- The roofline

void roofline(Numbers& numbers) {
    const nlohmann::json middle = benchmark(size_of("f64", 1, 128, 1));
    const nlohmann::json one = benchmark(size_of("f64", 1, 288, 4));
    const nlohmann::json sixteen = benchmark(size_of("f64", 16, 288, 4));
    const double peak = flop_rate(one) / one.at("of_peak").get<double>();
    const double memory = bandwidth(memory_kilobytes);
    const double allowed = flops_a_byte(one) * memory;
    numbers.count("roof-memory-mb", memory_kilobytes / 1000.0);
    numbers.say("roof-memory-gb", "%.0f", memory / 1e9);
    numbers.say("roof-cache-gb", "%.0f", bandwidth(cache_kilobytes) / 1e9);
    numbers.say("roof-cache-mb", "%.0f", cache_kilobytes / 1000.0);
    numbers.say("roof-ridge", "%.1f", peak / memory);
    numbers.say("roof-one", "%.1f", flops_a_byte(one));
    numbers.say("roof-sixteen", "%.0f", flops_a_byte(sixteen));
    numbers.count("roof-middle-parameters", middle.at("parameters"));
    numbers.say("roof-middle-mb", "%.1f", 4 * 8 * middle.at("parameters").get<double>() / 1e6);
    numbers.say("roof-middle-rate", "%.0f", flop_rate(middle) / 1e9);
    numbers.say("roof-middle-allowed", "%.0f", flops_a_byte(middle) * memory / 1e9);
    numbers.say("roof-large-share", "%.0f", 100 * flop_rate(one) / allowed);
    numbers.say("roof-sixteen-share", "%.0f", 100 * sixteen.at("of_peak").get<double>());
}

// ---- One factor at a time

void factors(Numbers& numbers) {
    const auto rows = read_cluster_rows(std::ifstream(root + "bench/factors.txt"));
    const auto us = [&](const std::string& rung) { return cluster_row(rows, rung, {})["us"]; };
    for (const std::string rung :
         {"flat-one", "flat", "flat-four", "flat-eight", "panels-one", "panels", "four", "eight"}) {
        numbers.say("factor-" + rung, "%.1f", us(rung));
    }
    numbers.count("factor-rounds", cluster_row(rows, "run", {})["rounds"]);
    numbers.say("factor-four-gain", "%.1f", us("panels") / us("four"));
    numbers.say("factor-fused-gain", "%.2f", us("four") / us("fused"));
    numbers.say("factor-eight-gain", "%.2f", us("fused") / us("eight"));
    numbers.say("factor-adam-gain", "%.2f", us("eight") / us("adam"));
    numbers.say("factor-single-gain", "%.1f", us("adam") / us("single"));
    for (const std::string rung : {"panels", "four", "fused", "eight"}) {
        numbers.say("factor-peak-" + rung, "%.0f", cluster_row(rows, "peak-" + rung, {})["gflops"]);
    }
}

// ---- Two frameworks

nlohmann::json framework_row(const nlohmann::json& rows, int n_embd, int batch) {
    for (const nlohmann::json& row : rows) {
        if (row.at("n_embd") == n_embd && row.at("batch") == batch) return row;
    }
    throw std::runtime_error("bench/frameworks.json has no such size");
}

void frameworks(Numbers& numbers) {
    const nlohmann::json all = nlohmann::json::parse(std::ifstream(root + "bench/frameworks.json"));
    const double tokens = std::stod(numbers.json().at("tokens-a-name").get<std::string>());
    numbers.say("padding", "%.2f", GptConfig{.vocab_size = 27}.block_size / tokens);
    for (const std::string kind : {"jax", "torch"}) {
        const auto times = [&](const std::string& key, const nlohmann::json& row) {
            const double ratio = row.at("theirs").get<double>() / row.at("ours").get<double>();
            numbers.say(key, ratio < 10 ? "%.1f" : "%.0f", ratio);
        };
        const nlohmann::json& rows = all.at(kind).at("sizes");
        numbers.recorded(kind + "-version", "bench/frameworks.json",
                         "\"" + kind + R"(": \{\s*"version": "([0-9.]+))");
        times(kind + "-one", framework_row(rows, 16, 1));
        times(kind + "-large", framework_row(rows, 256, 16));
    }
    const nlohmann::json& torch = all.at("torch").at("sizes");
    numbers.count("torch-one-us", framework_row(torch, 16, 1).at("theirs"));
    numbers.count("torch-sixteen-us", framework_row(torch, 16, 16).at("theirs"));
}

}  // namespace

void behind_08(Numbers& numbers) {
    roofline(numbers);
    factors(numbers);
    frameworks(numbers);
}

}  // namespace microgpt::book
