// JSON text, with nlohmann-json for what is hard: quotes, and the shortest digits of a number.
#include "microgpt/files/json_text.hpp"

#include <nlohmann/json.hpp>

namespace microgpt {

namespace {

/// Commas between texts, and brackets around them.
std::string list(char begin, const std::vector<std::string>& texts, char end) {
    std::string all(1, begin);
    for (const std::string& text : texts) {
        if (all.size() > 1) all += ',';
        all += text;
    }
    return all + end;
}

}  // namespace

std::string json_text(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_text(double number) { return nlohmann::json(number).dump(); }

std::string json_text(const std::map<std::string, std::string>& texts) {
    std::map<std::string, std::string> members;
    for (const auto& [key, text] : texts) members[key] = json_text(text);
    return json_object(members);
}

std::string json_array(const std::vector<std::string>& values) { return list('[', values, ']'); }

std::string json_object(const std::map<std::string, std::string>& members) {
    std::vector<std::string> texts;
    for (const auto& [key, value] : members) texts.push_back(json_text(key) + ':' + value);
    return list('{', texts, '}');
}

}  // namespace microgpt
