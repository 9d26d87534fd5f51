// tiktoken's lists of ranks: base64, and every way to merge two tokens.
#include "microgpt/tokens/tiktoken_ranks.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>

#include "microgpt/files/magic.hpp"

namespace microgpt {

namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Three bytes are four digits; where one or two are missing, so many digits are "=".
std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t j = i; j < i + 3; ++j) {
            bits = bits << 8 | (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0);
        }
        for (const int shift : {18, 12, 6, 0}) text += digits[bits >> shift & 63];
    }
    const std::size_t missing = (3 - bytes.size() % 3) % 3;
    return text.replace(text.size() - missing, missing, missing, '=');
}

/// Empty for what is not base64.
std::string from_base64(std::string_view text) {
    const std::size_t end = std::min(text.find('='), text.size());
    std::string bytes;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < end; ++i) {
        const std::size_t digit = digits.find(text[i]);
        if (digit == digits.npos) return "";
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        if (i % 4 > 0) bytes += static_cast<char>(bits >> (6 - 2 * (i % 4)));
    }
    return to_base64(bytes) == text ? bytes : "";
}

/// A line's token and its number; nothing where it says something else.
std::optional<std::pair<std::string, Index>> ranked(std::string_view line) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string bytes = from_base64(line.substr(0, space));
    const char* end = line.data() + line.size();
    Index id = 0;
    const auto [stop, error] = std::from_chars(std::min(line.data() + space + 1, end), end, id);
    if (bytes.empty() || error != std::errc() || stop != end) return {};
    return {{bytes, id}};
}

/// Every way in which a token is made of two others, the smaller token first.
std::vector<Merge> ways_to_merge(const std::vector<std::string>& tokens) {
    std::unordered_map<std::string_view, Index> ids;
    for (Index id = 0; id < tokens.size(); ++id) ids.emplace(tokens[id], id);
    std::vector<Merge> merges;
    for (Index whole = 0; whole < tokens.size(); ++whole) {
        const std::string_view token = tokens[whole];
        for (std::size_t cut = 1; cut < token.size(); ++cut) {
            const auto left = ids.find(token.substr(0, cut));
            const auto right = ids.find(token.substr(cut));
            if (left == ids.end() || right == ids.end()) continue;
            merges.push_back({left->second, right->second, whole});
        }
    }
    return merges;
}

Bpe bpe_from(std::string_view ranks, Split split) {
    std::map<Index, std::string> tokens;
    for (std::size_t line = 1; !ranks.empty(); ++line) {
        const std::string_view text = ranks.substr(0, ranks.find('\n'));
        ranks.remove_prefix(std::min(text.size() + 1, ranks.size()));
        if (text.empty()) continue;
        const auto found = ranked(text);
        if (!found) {
            throw DataError("line " + std::to_string(line) +
                            " is not a token in base64, a space and its number");
        }
        const auto& [bytes, id] = *found;
        if (!tokens.emplace(id, bytes).second) {
            throw DataError("two tokens have the number " + std::to_string(id));
        }
    }
    std::vector<std::string> all = in_order(tokens);
    std::vector<Merge> merges = ways_to_merge(all);
    return {std::move(all),
            std::move(merges),
            {.split = split, .whole_pieces_first = true, .smaller_token_first = true}};
}

}  // namespace

Bpe bpe_from_ranks(std::string_view ranks, const std::string& name, Split split) {
    try {
        return bpe_from(ranks, split);
    } catch (const DataError& error) {
        const std::string advice(advice_on(ranks));
        throw DataError(name + ": " + error.what() + (advice.empty() ? "" : "; " + advice));
    }
}

std::string bpe_to_ranks(const Bpe& bpe) {
    if (!std::ranges::is_sorted(bpe.merges(), {}, &Merge::whole)) {
        throw DataError(
            "a list of tiktoken's has the tokens in the order in which they are made, and these "
            "have another one: keep them as a .json");
    }
    std::string text;
    for (Index id = 0; id < bpe.vocab_size(); ++id) {
        if (std::ranges::find(bpe.special(), id) != bpe.special().end()) continue;
        text += to_base64(bpe.tokens()[id]) + ' ' + std::to_string(id) + '\n';
    }
    return text;
}

}  // namespace microgpt
