// Check: the longest token that fits is taken; then this book, cut by merges and by length.
#include "exercises/longest.hpp"

#include "exercise.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        const Bpe names = train_bpe({"anna", "hanna", "hannah", "ian"}, 259);  // an na anna
        const auto tokens = [&](std::string_view piece) {
            return static_cast<double>(longest_match(names, piece).size());
        };
        expect("a piece that is a token should be one",
               {{"the tokens of anna", tokens("anna"), 1}});
        expect("the longest token should be taken, and then the rest looked at",
               {{"the tokens of hannah", tokens("hannah"), 3},
                {"of annanna", tokens("annanna"), 3},
                {"of xyz", tokens("xyz"), 3},
                {"of nothing", tokens(""), 0}});
        const std::string book = read_file(THIS_BOOK);
        const Bpe bpe = train_bpe({book}, 1024);
        std::size_t by_length = 0;
        for (std::string_view rest = book; !rest.empty();) {
            const std::string_view next = piece(rest);
            by_length += longest_match(bpe, next).size();
            rest.remove_prefix(next.size());
        }
        std::printf("this book in 1024 tokens: by merges %zu, by length %zu\n",
                    BpeEncoder(bpe).encode(book).size(), by_length);
    });
}
