// What `make bench` wrote: a benchmark by its name, and what the roofline wants to know of it.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace microgpt {

/// The medians of a benchmark. Throws std::runtime_error where there is no such one.
inline nlohmann::json benchmark(const std::string& name) {
    static const nlohmann::json results =
        nlohmann::json::parse(std::ifstream(MICROGPT_SOURCE_DIR "/bench/results.json"));
    for (const nlohmann::json& found : results.at("benchmarks")) {
        if (found.at("name") == name + "_median") return found;
    }
    throw std::runtime_error("bench/results.json has no " + name);
}

/// What the fast engine's steps at some size are called there.
inline std::string size_of(const std::string& dtype, int batch, int n_embd, int n_layer) {
    return "size/" + dtype + "/batch:" + std::to_string(batch) +
           "/n_embd:" + std::to_string(n_embd) + "/n_layer:" + std::to_string(n_layer);
}

/// How long a step took.
inline double seconds(const nlohmann::json& measured) {
    return measured.at("real_time").get<double>() *
           (measured.at("time_unit") == "ms" ? 1e-3 : 1e-6);
}

/// FLOPs in a second.
inline double flop_rate(const nlohmann::json& measured) { return measured.at("FLOP/s"); }

/// A step brings nine numbers for each parameter. A parameter is w, its transpose and two means; w
/// is read on the way back, the transpose on the way forward, and learning reads w and the means
/// and writes all four.
inline double bytes_of_a_step(const nlohmann::json& measured, double size_of_number) {
    return 9 * size_of_number * measured.at("parameters").get<double>();
}

/// The roofline's abscissa, in double precision.
inline double flops_a_byte(const nlohmann::json& measured) {
    return flop_rate(measured) * seconds(measured) / bytes_of_a_step(measured, sizeof(double));
}

/// What only the last cache holds, and what only memory does.
constexpr int cache_kilobytes = 8000;
constexpr int memory_kilobytes = 400000;

/// Bytes a second from and to what holds so many kilobytes.
inline double bandwidth(int kilobytes) {
    return benchmark("stream/kB:" + std::to_string(kilobytes)).at("bytes/s");
}

}  // namespace microgpt
