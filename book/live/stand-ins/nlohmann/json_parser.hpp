// JSON, read and written: the second half of json.hpp.
#pragma once

namespace nlohmann {

/// Reads a text from its begin to its end, by going down into what stands in what.
class json::Parser {
  public:
    Parser(std::string_view text, const Callback& callback) : text_(text), callback_(callback) {}

    json all() {
        json found = value(0);
        skip();
        require(at_ == text_.size());
        return found;
    }

  private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') ++at_;
    }
    bool takes(char sign) {
        skip();
        if (peek() != sign) return false;
        ++at_;
        return true;
    }
    json word(std::string_view said, Kind kind) {
        require(text_.substr(at_, said.size()) == said);
        at_ += said.size();
        json found;
        found.kind_ = kind;
        found.whole_ = said == "true";
        return found;
    }
    void tell(int depth, parse_event_t event, const json& parsed) {
        if (callback_) callback_(depth, event, parsed);
    }

    json value(int depth) {
        require(depth < 100);
        skip();
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return text();
            case 't':
                return word("true", Kind::boolean);
            case 'f':
                return word("false", Kind::boolean);
            case 'n':
                return word("null", Kind::null);
            default:
                return number();
        }
    }
    json object(int depth) {
        json found = word("{", Kind::object);
        tell(depth, parse_event_t::object_start, found);
        if (!takes('}')) {
            do {
                skip();
                const json key = text();
                tell(depth + 1, parse_event_t::key, key);
                require(takes(':'));
                found.members_[key.text_] = value(depth + 1);
            } while (takes(','));
            require(takes('}'));
        }
        tell(depth, parse_event_t::object_end, found);
        return found;
    }
    json array(int depth) {
        json found = word("[", Kind::array);
        if (takes(']')) return found;
        do {
            found.list_.push_back(value(depth + 1));
        } while (takes(','));
        require(takes(']'));
        return found;
    }

    // ---- A number: the longest one that there is, with no 0 before another digit

    std::size_t digits() {
        const std::size_t first = at_;
        while (peek() >= '0' && peek() <= '9') ++at_;
        require(at_ > first);
        return at_ - first;
    }
    json number() {
        const std::size_t first = at_;
        const bool is_below_0 = peek() == '-';
        at_ += is_below_0;
        const bool is_0_first = peek() == '0';
        require(digits() == 1 || !is_0_first);
        const std::size_t whole = at_;
        if (peek() == '.') ++at_, digits();
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            at_ += peek() == '+' || peek() == '-';
            digits();
        }
        const std::string said(text_.substr(first, at_ - first));
        json found(std::strtod(said.c_str(), nullptr));
        require(std::isfinite(found.number_));
        if (whole != at_) return found;
        if (is_below_0) {
            found.kind_ = Kind::below_0;
        } else if (std::from_chars(said.data(), said.data() + said.size(), found.whole_).ec ==
                   std::errc()) {
            found.kind_ = Kind::whole;
        }
        return found;
    }

    // ---- A text

    json text() {
        require(peek() == '"');
        ++at_;
        std::string found;
        while (peek() != '"') {
            require(at_ < text_.size() && static_cast<unsigned char>(peek()) >= 0x20);
            if (peek() == '\\') {
                ++at_;
                escaped(found);
            } else {
                found += text_[at_++];
            }
        }
        ++at_;
        return found;
    }
    void escaped(std::string& to) {
        constexpr std::string_view signs = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
        const char sign = peek();
        ++at_;
        if (sign == 'u') return append(to, code());
        require(signs.find(sign) != signs.npos);
        to += meant[signs.find(sign)];
    }
    std::uint32_t four_digits() {
        std::uint32_t found = 0;
        require(at_ + 4 <= text_.size());
        const char* end = text_.data() + at_ + 4;
        require(std::from_chars(text_.data() + at_, end, found, 16).ptr == end);
        at_ += 4;
        return found;
    }
    std::uint32_t code() {
        const std::uint32_t first = four_digits();
        require(first < 0xDC00 || first > 0xDFFF);
        if (first < 0xD800 || first > 0xDBFF) return first;
        require(text_.substr(at_, 2) == "\\u");  // the other half of a pair
        at_ += 2;
        const std::uint32_t second = four_digits();
        require(second >= 0xDC00 && second <= 0xDFFF);
        return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    }
    static void append(std::string& to, std::uint32_t code) {
        if (code < 0x80) {
            to += static_cast<char>(code);
            return;
        }
        const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        to += static_cast<char>((0xF00 >> (more + 1) & 0xFF) | code >> 6 * more);
        for (int i = more; i-- > 0;) to += static_cast<char>(0x80 | (code >> 6 * i & 0x3F));
    }

    std::string_view text_;
    const Callback& callback_;
    std::size_t at_ = 0;
};

inline json json::parse(std::string_view text, const Callback& callback, bool throws) try {
    return Parser(text, callback).all();
} catch (const exception&) {
    if (throws) throw;
    return {};
}

inline std::string json::dump(int, char, bool, error_handler_t) const {
    char said[32];
    if (is_number_unsigned()) return std::to_string(whole_);
    if (is_number_float()) {
        if (!std::isfinite(number_)) return "null";
        // As few digits as are read as the same number; 15 always leave out zeros.
        for (int digits = 15; digits <= 17; ++digits) {
            std::snprintf(said, sizeof said, "%.*g", digits, number_);
            if (std::strtod(said, nullptr) == number_) break;
        }
        const std::string all = said;
        return all.find_first_of(".e") == all.npos ? all + ".0" : all;
    }
    std::string all = "\"";
    for (const char sign : text_) {
        if (sign == '"' || sign == '\\') all += '\\';
        if (static_cast<unsigned char>(sign) >= 0x20) {
            all += sign;
        } else {
            std::snprintf(said, sizeof said, "\\u%04x", static_cast<unsigned>(sign));
            all += said;
        }
    }
    return all + '"';
}

}  // namespace nlohmann
