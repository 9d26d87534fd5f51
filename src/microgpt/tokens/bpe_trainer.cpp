// BPE trainer: pairs are counted once, and after each merge only where it has changed something.
#include "microgpt/tokens/bpe_trainer.hpp"

#include <algorithm>
#include <queue>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

#include "microgpt/tokens/byte_letters.hpp"

namespace microgpt {

namespace {

/// A piece that occurs in the texts, as tokens, and how often it does.
struct Word {
    std::vector<Index> ids;
    std::int64_t count;
};

/// A pair that may be merged next, as often as it came when it was put here, and some of the words
/// in which it came.
struct Candidate {
    std::int64_t count;
    Index left;
    Index right;
    std::vector<std::size_t> words;
    bool operator<(const Candidate& other) const {  // a queue gives the largest first
        return std::tie(count, other.left, other.right) < std::tie(other.count, left, right);
    }
};

class Trainer {
  public:
    Trainer(const std::vector<std::string_view>& texts, Split split);
    void merge_most_frequent(std::size_t vocab_size);
    Bpe result(Split split) { return {std::move(tokens_), std::move(merges_), {.split = split}}; }

  private:
    void count(Index left, Index right, std::int64_t change, std::size_t word);
    void put_changed_pairs();
    Index token(const std::string& bytes);
    void merge_in(std::size_t word, const Merge& merge);

    std::vector<std::string> tokens_;
    std::unordered_map<std::string, Index> ids_;
    std::vector<Merge> merges_;
    std::vector<Word> words_;
    std::unordered_map<std::uint64_t, std::int64_t> counts_;
    /// The pairs that are more than before, and where.
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> changed_;
    std::priority_queue<Candidate> candidates_;
};

Trainer::Trainer(const std::vector<std::string_view>& texts, Split split) {
    for (const std::uint8_t byte : bytes_by_letter()) token({static_cast<char>(byte)});
    const auto of_bytes = [&](std::string_view piece) {
        std::vector<Index> ids;
        for (const char byte : piece) ids.push_back(token({byte}));
        return ids;
    };
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::string_view text : texts) {
        while (!text.empty()) {
            const std::string_view next = split(text);
            text.remove_prefix(next.size());
            const std::size_t word = places.emplace(next, words_.size()).first->second;
            if (word == words_.size()) words_.push_back({of_bytes(next), 0});
            ++words_[word].count;
        }
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const std::vector<Index>& ids = words_[i].ids;
        for (std::size_t at = 1; at < ids.size(); ++at) count(ids[at - 1], ids[at], 1, i);
    }
    put_changed_pairs();
}

/// The token that spells some bytes, made where there is none yet.
Index Trainer::token(const std::string& bytes) {
    const auto [place, is_new] = ids_.emplace(bytes, static_cast<Index>(tokens_.size()));
    if (is_new) tokens_.push_back(bytes);
    return place->second;
}

/// A pair comes more or less often in a word than before.
void Trainer::count(Index left, Index right, std::int64_t change, std::size_t word) {
    const std::uint64_t key = pair_key(left, right);
    counts_[key] += change * words_[word].count;
    if (change < 0) return;
    std::vector<std::size_t>& where = changed_[key];
    if (where.empty() || where.back() != word) where.push_back(word);
}

void Trainer::put_changed_pairs() {
    for (auto& [key, words] : changed_) {
        if (const std::int64_t count = counts_[key]; count > 0) {
            candidates_.push(
                {count, static_cast<Index>(key >> 32), static_cast<Index>(key), std::move(words)});
        }
    }
    changed_ = {};  // clear() would go through all the buckets there once were
}

void Trainer::merge_in(std::size_t word, const Merge& merge) {
    const auto [left, right, whole] = merge;
    std::vector<Index>& ids = words_[word].ids;
    std::size_t end = 0;  // of what has been gone through and kept
    for (std::size_t at = 0; at < ids.size(); ++end) {
        if (ids[at] != left || at + 1 == ids.size() || ids[at + 1] != right) {
            ids[end] = ids[at++];
            continue;
        }
        at += 2;
        if (end > 0) {
            count(ids[end - 1], left, -1, word);
            count(ids[end - 1], whole, 1, word);
        }
        if (at < ids.size()) {
            count(right, ids[at], -1, word);
            count(whole, ids[at], 1, word);
        }
        ids[end] = whole;
    }
    ids.resize(end);
}

void Trainer::merge_most_frequent(std::size_t vocab_size) {
    while (tokens_.size() < vocab_size && !candidates_.empty()) {
        Candidate best = candidates_.top();
        candidates_.pop();
        const std::int64_t now = counts_[pair_key(best.left, best.right)];
        if (now < 1) continue;
        if (now != best.count) {  // it comes less often by now, and has to wait
            best.count = now;
            candidates_.push(std::move(best));
            continue;
        }
        const Merge merge = {best.left, best.right,
                             token(tokens_[best.left] + tokens_[best.right])};
        merges_.push_back(merge);
        for (const std::size_t word : best.words) merge_in(word, merge);
        put_changed_pairs();
    }
}

}  // namespace

Bpe train_bpe(const std::vector<std::string_view>& texts, Index vocab_size, Split split) {
    if (vocab_size < bytes_by_letter().size()) {
        throw std::invalid_argument("a tokenizer of bytes has 256 tokens at the least");
    }
    Trainer trainer(texts, split);
    trainer.merge_most_frequent(vocab_size);
    return trainer.result(split);
}

}  // namespace microgpt
