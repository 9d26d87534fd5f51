// tiktoken's lists of ranks: base64 by OpenSSL.
#include "microgpt/tokens/tiktoken_ranks.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace microgpt {

namespace {

using Bytes = unsigned char;

std::string to_base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // and a NUL, which it writes
    EVP_EncodeBlock(reinterpret_cast<Bytes*>(text.data()),
                    reinterpret_cast<const Bytes*>(bytes.data()), static_cast<int>(bytes.size()));
    text.pop_back();
    return text;
}

/// Empty for what is not base64.
std::string from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<Bytes*>(bytes.data()),
                        reinterpret_cast<const Bytes*>(text.data()), static_cast<int>(text.size()));
    const std::size_t filled = text.size() - std::min(text.find('='), text.size());
    if (size != static_cast<int>(bytes.size()) || filled > 2) return "";
    bytes.resize(bytes.size() - std::min(filled, bytes.size()));
    return bytes;
}

/// A line's token and its number.
std::pair<std::string, Index> ranked(std::string_view line) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string bytes = from_base64(line.substr(0, space));
    const char* end = line.data() + line.size();
    Index id = 0;
    const auto [stop, error] = std::from_chars(std::min(line.data() + space + 1, end), end, id);
    if (bytes.empty() || error != std::errc() || stop != end) {
        throw DataError("not a token in base64, a space and its number: " + std::string(line));
    }
    return {bytes, id};
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
    while (!ranks.empty()) {
        const std::size_t end = std::min(ranks.find('\n'), ranks.size());
        if (end > 0) {
            const auto [bytes, id] = ranked(ranks.substr(0, end));
            if (!tokens.emplace(id, bytes).second) {
                throw DataError("two tokens have the number " + std::to_string(id));
            }
        }
        ranks.remove_prefix(std::min(end + 1, ranks.size()));
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
        throw DataError(name + ": " + error.what());
    }
}

std::string bpe_to_ranks(const Bpe& bpe) {
    std::string text;
    for (Index id = 0; id < bpe.vocab_size(); ++id) {
        if (std::ranges::find(bpe.special(), id) != bpe.special().end()) continue;
        text += to_base64(bpe.tokens()[id]) + ' ' + std::to_string(id) + '\n';
    }
    return text;
}

}  // namespace microgpt
