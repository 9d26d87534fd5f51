// JSON: what the library asks of nlohmann-json, for the page, which has no room for the whole.
#pragma once

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nlohmann {

/// A value of JSON, read or to be written.
class json {
  public:
    enum class parse_event_t { object_start, object_end, key };
    enum class error_handler_t { replace };
    class exception : public std::exception {
      public:
        const char* what() const noexcept override { return "this is not the JSON it should be"; }
    };
    using Callback = std::function<bool(int depth, parse_event_t event, const json& parsed)>;

    json() = default;
    json(const std::string& text) : kind_(Kind::text), text_(text) {}
    json(double number) : kind_(Kind::fraction), number_(number) {}
    template <class Whole>
    requires std::is_unsigned_v<Whole> json(Whole number)
        : kind_(Kind::whole), whole_(number), number_(static_cast<double>(number)) {}
    template <class T>
    json(const std::vector<T>& all) : kind_(Kind::array), list_(all.begin(), all.end()) {}

    /// Throws an exception for what is no JSON, or returns nothing: a null.
    static json parse(std::string_view text, const Callback& callback = {}, bool throws = true);

    bool is_object() const { return kind_ == Kind::object; }
    bool is_array() const { return kind_ == Kind::array; }
    bool is_string() const { return kind_ == Kind::text; }
    bool is_number() const {
        return is_number_unsigned() || kind_ == Kind::below_0 || is_number_float();
    }
    bool is_number_unsigned() const { return kind_ == Kind::whole; }
    bool is_number_float() const { return kind_ == Kind::fraction; }

    /// The elements of an array; of what is none, itself.
    const json* begin() const { return is_array() ? list_.data() : this; }
    const json* end() const { return is_array() ? list_.data() + list_.size() : this + 1; }
    const std::map<std::string, json>& items() const { return members_; }
    bool contains(const std::string& key) const { return members_.count(key) == 1; }
    const json* find(const std::string& key) const { return contains(key) ? &at(key) : end(); }
    const json& operator[](const char* key) const { return at(key); }
    const json& at(const std::string& key) const {
        const auto found = members_.find(key);
        if (found == members_.end()) throw exception();
        return found->second;
    }

    template <class T>
    const std::string& get_ref() const {
        return text_;
    }
    template <class T>
    T get() const {
        T value;
        get_to(value);
        return value;
    }
    template <class T>
    requires std::is_same_v<T, std::string> || std::is_same_v<T, std::uint64_t> ||
        std::is_same_v<T, std::vector<std::uint64_t>>
    operator T() const { return get<T>(); }
    void get_to(std::string& text) const {
        require(is_string());
        text = text_;
    }
    template <class T>
    requires std::is_arithmetic_v<T>
    void get_to(T& number) const {
        require(is_number());
        number = is_number_unsigned() ? static_cast<T>(whole_) : static_cast<T>(number_);
    }
    template <class T>
    void get_to(std::vector<T>& all) const {
        require(is_array());
        all.clear();
        for (const json& one : list_) all.push_back(one.get<T>());
    }

    friend bool operator==(const json& a, const json& b) {
        if (a.is_number() && b.is_number()) {
            return a.number_ == b.number_ && a.whole_ == b.whole_;
        }
        return a.kind_ == b.kind_ && a.text_ == b.text_ && a.list_ == b.list_ &&
               a.members_ == b.members_;
    }
    friend bool operator==(const json& a, const char* text) { return a.text_ == text; }

    /// A text or a number, as JSON has them.
    std::string dump(int = -1, char = ' ', bool = false,
                     error_handler_t = error_handler_t::replace) const;

  private:
    enum class Kind { null, boolean, whole, below_0, fraction, text, array, object };
    class Parser;

    static void require(bool fits) {
        if (!fits) throw exception();
    }

    Kind kind_ = Kind::null;
    std::uint64_t whole_ = 0;
    double number_ = 0;
    std::string text_;
    std::vector<json> list_;
    std::map<std::string, json> members_;
};

}  // namespace nlohmann

#include "json_parser.hpp"
