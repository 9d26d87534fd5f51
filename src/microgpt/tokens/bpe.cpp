// BPE: the tables, and whether they hang together.
#include "microgpt/tokens/bpe.hpp"

#include <algorithm>

namespace microgpt {

namespace {

bool spells(const std::vector<std::string>& tokens, const Merge& merge) {
    const auto [left, right, whole] = merge;
    return std::max({left, right, whole}) < tokens.size() &&
           tokens[left] + tokens[right] == tokens[whole];
}

std::string number(Index id) { return "token " + std::to_string(id); }

}  // namespace

Bpe::Bpe(std::vector<std::string> tokens, std::vector<Merge> merges, Rules rules,
         std::vector<Index> special)
    : tokens_(std::move(tokens)),
      merges_(std::move(merges)),
      rules_(rules),
      special_(std::move(special)) {
    for (Index id = 0; id < tokens_.size(); ++id) {
        if (tokens_[id].empty()) throw DataError(number(id) + " of the tokenizer is empty");
        if (std::ranges::find(special_, id) != special_.end()) continue;
        if (ids_.emplace(tokens_[id], id).second) continue;
        throw DataError(number(id) + " of the tokenizer is the same as another");
    }
    for (int byte = 0; byte < 256; ++byte) {
        if (find(std::string(1, static_cast<char>(byte)))) continue;
        throw DataError("the tokenizer has no token for byte " + std::to_string(byte) +
                        ": one for every byte is needed");
    }
    ranked_.reserve(merges_.size());
    for (Index i = 0; i < merges_.size(); ++i) {
        if (!spells(tokens_, merges_[i])) {
            throw DataError("merge " + std::to_string(i + 1) +
                            " of the tokenizer does not spell the token that it makes");
        }
        const auto [left, right, whole] = merges_[i];
        ranked_[pair_key(left, right)] = {rules_.smaller_token_first ? whole : i, whole};
    }
}

std::optional<Index> Bpe::find(std::string_view bytes) const {
    const auto found = ids_.find(std::string(bytes));
    if (found == ids_.end()) return {};
    return found->second;
}

const Bpe::Ranked* Bpe::merged(Index left, Index right) const {
    const auto found = ranked_.find(pair_key(left, right));
    return found == ranked_.end() ? nullptr : &found->second;
}

std::string Bpe::decode(const std::vector<Index>& ids) const {
    std::string text;
    for (const Index id : ids) text += tokens_.at(id);
    return text;
}

std::vector<std::string> in_order(const std::map<Index, std::string>& tokens) {
    std::vector<std::string> all;
    for (const auto& [id, bytes] : tokens) {
        if (id != all.size()) throw DataError("it has no token " + std::to_string(all.size()));
        all.push_back(bytes);
    }
    return all;
}

}  // namespace microgpt
