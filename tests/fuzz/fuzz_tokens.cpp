// Fuzzes BPE: any bytes are cut and put together again, and any file is read or refused.
#include <algorithm>

#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"
#include "microgpt/tokens/tiktoken_ranks.hpp"
#include "microgpt/tokens/tokenizer_json.hpp"
#include "target.hpp"

namespace {

using namespace microgpt;

/// Merges, the one way that is beyond doubt: of all neighbours, the first in rank, and again.
std::vector<Index> merged_plainly(const Bpe& bpe, std::string_view piece) {
    std::vector<Index> ids;
    for (const char byte : piece) ids.push_back(*bpe.find(std::string_view(&byte, 1)));
    for (;;) {
        const Bpe::Ranked* best = nullptr;
        std::size_t place = 0;
        for (std::size_t i = 1; i < ids.size(); ++i) {
            const Bpe::Ranked* pair = bpe.merged(ids[i - 1], ids[i]);
            if (pair == nullptr || (best != nullptr && pair->rank >= best->rank)) continue;
            best = pair;
            place = i;
        }
        if (best == nullptr) return ids;
        ids[place - 1] = best->whole;
        ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(place));
    }
}

void cut(const Bpe& bpe, std::string_view text) {
    const std::vector<Index> ids = BpeEncoder(bpe).encode(text);
    require(bpe.decode(ids) == text, "the tokens are not the text");
    std::vector<Index> plain;
    while (!text.empty()) {
        const std::string_view next = piece(text);
        require(!next.empty() && next.size() <= text.size(), "a piece has a size of its own");
        const std::vector<Index> more = merged_plainly(bpe, next);
        plain.insert(plain.end(), more.begin(), more.end());
        text.remove_prefix(next.size());
    }
    require(ids == plain, "the encoder merges otherwise than the rule says");
}

/// Reads a file, or hears in one line why not; what was read is written and read again.
template <class Read, class Write>
void read(std::string_view text, Read from, Write to) try {
    const Bpe bpe = from(text);
    BpeEncoder encoder(bpe);
    require(bpe.decode(encoder.encode(text)) == text, "a file's tokens are not the text");
    const Bpe again = from(to(bpe));
    require(again.tokens() == bpe.tokens() && again.merges() == bpe.merges(),
            "what was written is read as another");
} catch (const DataError& error) {
    require(std::string_view(error.what()).find('\n') == std::string_view::npos, "not one line");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Bpe bpe = train_bpe({text}, 300);
    cut(bpe, text);
    require(bpe_of(vocabulary_of(bpe)).tokens() == bpe.tokens(), "a checkpoint holds others");
    read(
        text, [](std::string_view json) { return bpe_from_json(json, "x"); }, bpe_to_json);
    read(
        text, [](std::string_view ranks) { return bpe_from_ranks(ranks, "x"); }, bpe_to_ranks);
    return 0;
}
