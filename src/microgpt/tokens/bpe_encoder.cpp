// BPE encoder: merges within a piece, the most urgent first.
#include "microgpt/tokens/bpe_encoder.hpp"

#include <algorithm>
#include <optional>
#include <queue>
#include <tuple>

namespace microgpt {

namespace {

/// Longer pieces hardly come twice, and pieces without end would fill the memory.
constexpr std::size_t longest_remembered = 64;
constexpr std::size_t most_remembered = 1 << 17;

/// A piece's tokens as a list in which any two neighbours can become one.
class Chain {
  public:
    Chain(const Bpe& bpe, const std::vector<Index>& ids) : bpe_(bpe) {
        links_.reserve(ids.size());
        for (std::size_t at = 0; at < ids.size(); ++at) links_.push_back({ids[at], at - 1, at + 1});
        for (std::size_t at = 1; at < links_.size(); ++at) consider(at - 1);
    }

    std::vector<Index> merged() {
        while (!waiting_.empty()) {
            const Candidate next = waiting_.top();
            waiting_.pop();
            if (still_there(next)) merge(next);
        }
        std::vector<Index> ids;
        for (std::size_t at = 0; at < links_.size(); at = links_[at].next) {
            ids.push_back(links_[at].id);
        }
        return ids;
    }

  private:
    struct Link {
        Index id;
        std::size_t previous;  // before the first: past the end, too
        std::size_t next;
        bool gone = false;
    };
    struct Candidate {
        Index rank;
        std::size_t at;
        Index left;
        Index right;
        Index whole;
        bool operator<(const Candidate& other) const {  // a queue gives the largest first
            return std::tie(other.rank, other.at) < std::tie(rank, at);
        }
    };

    /// The pair that begins at a link waits for its turn, if it can be merged.
    void consider(std::size_t at) {
        const Index left = links_[at].id;
        const Index right = links_[links_[at].next].id;
        const Bpe::Ranked* ranked = bpe_.merged(left, right);
        if (ranked != nullptr) waiting_.push({ranked->rank, at, left, right, ranked->whole});
    }

    /// Either of the two may have been merged with another meanwhile.
    bool still_there(const Candidate& pair) const {
        const Link& left = links_[pair.at];
        return !left.gone && left.id == pair.left && left.next < links_.size() &&
               links_[left.next].id == pair.right;
    }

    void merge(const Candidate& pair) {
        Link& left = links_[pair.at];
        Link& right = links_[left.next];
        left.id = pair.whole;
        left.next = right.next;
        right.gone = true;
        if (left.next < links_.size()) {
            links_[left.next].previous = pair.at;
            consider(pair.at);
        }
        if (left.previous < links_.size()) consider(left.previous);
    }

    const Bpe& bpe_;
    std::vector<Link> links_;
    std::priority_queue<Candidate> waiting_;
};

}  // namespace

BpeEncoder::BpeEncoder(const Bpe& bpe) : bpe_(bpe) {
    for (std::size_t byte = 0; byte < of_byte_.size(); ++byte) {
        of_byte_[byte] = bpe.find(std::string(1, static_cast<char>(byte))).value();
    }
}

std::vector<Index> BpeEncoder::merge(std::string_view piece) const {
    if (bpe_.rules().whole_pieces_first) {
        if (const std::optional<Index> whole = bpe_.find(piece)) return {*whole};
    }
    std::vector<Index> ids;
    for (const char byte : piece) ids.push_back(of_byte_[static_cast<unsigned char>(byte)]);
    return Chain(bpe_, ids).merged();
}

/// Adds the tokens of a text, until there are as many in all.
void BpeEncoder::append(std::vector<Index>& all, std::string_view text, std::size_t most) {
    const auto add = [&](const std::vector<Index>& ids) {
        all.insert(all.end(), ids.begin(), ids.end());
    };
    while (!text.empty() && all.size() < most) {
        const std::string_view next = bpe_.rules().split(text);
        text.remove_prefix(next.size());
        if (const auto found = seen_.find(next); found != seen_.end()) {
            add(found->second);
        } else if (next.size() > longest_remembered || seen_.size() == most_remembered) {
            add(merge(next));
        } else {
            add(seen_[pieces_.emplace_back(next)] = merge(next));
        }
    }
}

std::vector<Index> BpeEncoder::encode(std::string_view text, std::size_t most) {
    std::vector<Index> all;
    append(all, text, most);
    if (all.size() > most) all.resize(most);
    return all;
}

std::vector<Index> BpeEncoder::encode_with_special(std::string_view text) {
    std::vector<Index> all;
    std::vector<std::size_t> places(bpe_.special().size(), 0);  // where each comes next
    for (std::size_t at = 0; at < text.size();) {
        std::size_t first = text.size();
        std::size_t length = 0;
        Index special = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::string& sign = bpe_.tokens()[bpe_.special()[i]];
            if (places[i] <= at) places[i] = std::min(text.find(sign, at), text.size());
            if (places[i] < first || (places[i] == first && sign.size() > length)) {
                first = places[i];
                length = sign.size();
                special = bpe_.special()[i];
            }
        }
        append(all, text.substr(at, first - at), SIZE_MAX);
        if (first < text.size()) all.push_back(special);
        at = first + length;
    }
    return all;
}

}  // namespace microgpt
