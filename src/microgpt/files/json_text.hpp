// JSON text, put together from its leaves.
#pragma once

#include <concepts>
#include <map>
#include <string>
#include <vector>

namespace microgpt {

/// A value as JSON. A library's tree of values would do, but asks for memory even while it is
/// destroyed: where memory runs out, it ends the program, and a training that is to be saved. In
/// texts, what is not UTF-8 becomes U+FFFD.
std::string json_text(const std::string& text);
std::string json_text(double number);
std::string json_text(std::unsigned_integral auto number) { return std::to_string(number); }
inline std::string json_text(bool truth) { return truth ? "true" : "false"; }

/// An object of texts.
std::string json_text(const std::map<std::string, std::string>& texts);

/// An array of values that are JSON already, and an object.
std::string json_array(const std::vector<std::string>& values);
std::string json_object(const std::map<std::string, std::string>& members);

template <class Value>
std::string json_text(const std::vector<Value>& values) {
    std::vector<std::string> texts;
    for (const Value& value : values) texts.push_back(json_text(value));
    return json_array(texts);
}

}  // namespace microgpt
