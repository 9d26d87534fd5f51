// Desk: a question of a page, and what it is asked of.
#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "microgpt/files/json_text.hpp"
#include "microgpt/page/session.hpp"

namespace microgpt {

/// An answer: JSON by its key.
using Said = std::map<std::string, std::string>;

/// What a question brings, by its keys, and what it is asked of.
struct Desk {
    const nlohmann::json& asked;
    Session& session;
    std::string& bytes;

    double number(const char* key, double otherwise) const {
        return asked.contains(key) ? asked[key].get<double>() : otherwise;
    }
    /// A page's link may be typed by anybody. Throws std::invalid_argument for no whole number.
    Index count(const char* key, Index otherwise) const {
        const double count = number(key, otherwise);
        if (count >= 0 && count <= std::numeric_limits<Index>::max() && count == std::floor(count))
            return static_cast<Index>(count);
        throw std::invalid_argument("the number of " + std::string(key) +
                                    " is a whole one, 0 or above");
    }
    std::string text(const char* key) const {
        return asked.contains(key) ? asked[key].get<std::string>() : std::string();
    }
    std::vector<double> numbers(const char* key) const {
        std::vector<double> all;
        for (const nlohmann::json& one : asked.at(key)) all.push_back(one.get<double>());
        return all;
    }
};

/// What a question is called, and what answers it.
struct Question {
    const char* name;
    Said (*answer)(const Desk&);
};

/// Numbers as JSON.
inline std::string whole(std::uint64_t number) { return json_text(number); }
inline std::string array(std::span<const double> numbers) {
    return json_text(std::vector<double>(numbers.begin(), numbers.end()));
}
template <class Things, class Write>
std::string array(const Things& things, Write write) {
    std::vector<std::string> texts;
    for (const auto& thing : things) texts.push_back(write(thing));
    return json_array(texts);
}

}  // namespace microgpt
