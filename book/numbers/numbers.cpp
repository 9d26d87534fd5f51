// Writes every figure of the book as JSON: `make numbers`; or, for `make number`, a few as lines.
#include "numbers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <numeric>
#include <regex>
#include <span>
#include <stdexcept>

namespace microgpt::book {
namespace {

std::string format(const char* how, double value) {
    char text[64];
    std::snprintf(text, sizeof text, how, value);
    return text;
}

std::string find(const std::string& path, const std::string& pattern) {
    std::ifstream in(std::string(MICROGPT_SOURCE_DIR "/") + path);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::regex wanted(pattern);
    const std::sregex_iterator first(text.begin(), text.end(), wanted);
    const auto matches = std::distance(first, std::sregex_iterator());
    if (matches != 1) {
        throw std::runtime_error(path + ": '" + pattern + "' matches " + std::to_string(matches) +
                                 " times");
    }
    return (*first)[1];
}

}  // namespace

void Numbers::say(const std::string& key, const char* how, double value) {
    add(key, format(how, value));
}

void Numbers::count(const std::string& key, double value) {
    std::string text = format("%.0f", value);
    for (int place = static_cast<int>(text.size()) - 3; place > 0; place -= 3) {
        text.insert(static_cast<std::size_t>(place), ",");
    }
    add(key, text);
}

void Numbers::say_spread(const std::string& key, const char* how, std::vector<double> values) {
    const auto n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    for (double& value : values) value = (value - mean) * (value - mean);
    const double squares = std::accumulate(values.begin(), values.end(), 0.0);
    say(key, how, mean);
    say(key + "-spread", how, std::sqrt(squares / (n - 1)));
}

void Numbers::recorded(const std::string& key, const std::string& path,
                       const std::string& pattern) {
    add(key, find(path, pattern));
}

double Numbers::read(const std::string& path, const std::string& pattern) {
    return std::stod(find(path, pattern));
}

void Numbers::add(const std::string& key, const std::string& text) {
    if (figures_.contains(key)) throw std::logic_error("two figures are called " + key);
    figures_[key] = text;
}

}  // namespace microgpt::book

int main(int argc, char** argv) try {
    microgpt::book::Numbers numbers;
    for (const auto chapter :
         {microgpt::book::chapter_01, microgpt::book::chapter_02, microgpt::book::chapter_03,
          microgpt::book::chapter_04, microgpt::book::chapter_05, microgpt::book::chapter_06,
          microgpt::book::chapter_07, microgpt::book::chapter_08, microgpt::book::behind_08,
          microgpt::book::chapter_09, microgpt::book::chapter_10, microgpt::book::chapter_11,
          microgpt::book::larger, microgpt::book::appendices, microgpt::book::basics}) {
        chapter(numbers);
    }
    if (argc > 1) {  // for a reader: those whose key begins like one of these, a line each
        const std::span beginnings(argv + 1, argv + argc);
        for (const auto& item : numbers.json().items()) {
            const std::string& key = item.key();
            if (std::ranges::none_of(beginnings, [&](const char* b) { return key.starts_with(b); }))
                continue;
            std::printf("%-32s %s\n", key.c_str(), item.value().get<std::string>().c_str());
        }
        return 0;
    }
    if (std::puts(numbers.json().dump(2).c_str()) < 0 || std::fflush(stdout) != 0) {
        throw std::runtime_error("the figures cannot be written: is the disk full?");
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "numbers: %s\n", error.what());
    return 1;
}
