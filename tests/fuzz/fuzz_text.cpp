// Fuzzes the way from bytes to tokens: they are documents that come back whole, or a DataError.
#include "microgpt/data/text.hpp"

#include <nlohmann/json.hpp>

#include "microgpt/data/tokenizer.hpp"
#include "target.hpp"

namespace {

using namespace microgpt;
using Documents = std::vector<std::string_view>;

/// Cuts until the end, or until there is no UTF-8, and returns what was cut off.
std::string put_together(std::string_view text, Split split) {
    std::string pieces;
    try {
        while (!text.empty()) {
            const std::string_view piece = split(text);
            require(!piece.empty() && piece.size() <= text.size(), "a piece has a size of its own");
            pieces += piece;
            text.remove_prefix(piece.size());
        }
    } catch (const DataError&) {
    }
    return pieces;
}

void check(const Documents& docs, Split split) {
    const Tokenizer tokenizer(docs, split);
    for (const std::string_view doc : docs) {
        require(put_together(doc, code_point) == doc, "its code points are not the document");
        require(put_together(doc, grapheme) == doc, "its graphemes are not the document");
        const std::vector<Index> tokens = tokenizer.encode(doc);
        require(tokens.front() == tokenizer.bos() && tokens.back() == tokenizer.bos(),
                "a document is not between BOS and BOS");
        require(tokenizer.decode({tokens.begin() + 1, tokens.end() - 1}) == doc,
                "its tokens are not the document");
    }
}

bool is_utf8(std::string_view text) try {
    require_utf8(text, "x");
    return true;
} catch (const DataError&) {
    return false;
}

/// The same, by another library's tables.
bool is_utf8_in_json(std::string_view text) try {
    return !nlohmann::json(text).dump().empty();
} catch (const nlohmann::json::exception&) {
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    require(is_utf8(text) == is_utf8_in_json(text), "two libraries disagree on what UTF-8 is");
    require((put_together(text, code_point) == text) == is_utf8(text), "code points are not UTF-8");
    require((put_together(text, grapheme) == text) == is_utf8(text), "graphemes are not UTF-8");
    try {
        check(documents(text, "x"), code_point);
    } catch (const DataError&) {
    }
    try {
        check(unstripped_documents(text, "x"), grapheme);
    } catch (const DataError&) {
    }
    return 0;
}
