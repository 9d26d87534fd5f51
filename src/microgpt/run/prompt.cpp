// Prompt: looked up, or told what is wrong with it.
#include "microgpt/run/prompt.hpp"

#include "microgpt/data/spelling.hpp"

namespace microgpt {

namespace {

bool knows(const Tokenizer& tokenizer, const std::string& text) try {
    tokenizer.tokens(text);
    return true;
} catch (const DataError&) {
    return false;
}

/// What looks the same on a keyboard's screen may be spelled in another way in the data.
std::string spelling_hint(const std::string& prompt, const Tokenizer& tokenizer) {
    if (knows(tokenizer, with_accents_inside(prompt))) return ", or spell it composed (NFC)";
    if (knows(tokenizer, with_accents_apart(prompt))) return ", or spell it decomposed (NFD)";
    return "";
}

}  // namespace

std::vector<Index> prompt_tokens(const std::string& prompt, const Tokenizer& tokenizer,
                                 Index most) {
    std::vector<Index> tokens;
    try {
        require_utf8(prompt, "");
    } catch (const DataError&) {
        throw DataError("the prompt is not UTF-8: does the terminal use another encoding?");
    }
    try {
        tokens = tokenizer.tokens(prompt);
    } catch (const DataError& error) {
        throw DataError(std::string("the prompt: ") + error.what() +
                        spelling_hint(prompt, tokenizer));
    }
    if (tokens.size() < most) return tokens;
    throw DataError("the prompt '" + prompt + "' leaves no room for more: make it shorter than " +
                    std::to_string(most) + " " + tokenizer.unit() + "s");
}

}  // namespace microgpt
