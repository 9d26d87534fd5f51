// Check: of white space before a word, the last character is the word's.
#include "exercise.hpp"
#include "microgpt/tokens/pieces.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        const auto length = [](std::string_view text) {
            return static_cast<double>(piece(text).size());
        };
        expect("white space at the end of a text should be one piece",
               {{"the first piece of four blanks", length("    "), 4}});
        expect("before a word, the last blank should be left to the word",
               {{"the length of the first piece of four blanks and an x", length("    x"), 3},
                {"of a line's end, two blanks and an x", length("\n  x"), 2}});
        expect("a single blank before a word should be the word's",
               {{"the length of the first piece of a blank and an x", length(" x"), 2}});
        for (std::string_view text = "if (a)\n    return b;"; !text.empty();) {
            const std::string_view next = piece(text);
            text.remove_prefix(next.size());
            std::printf("%zu ", next.size());
        }
        std::puts("");
    });
}
