// Check: a pair is joined wherever it stands, and the pairs beside it are counted anew.
#include "exercise.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

/// The left or the right token of a merge, or none.
double part(const Bpe& bpe, std::size_t merge, Index Merge::*side) {
    return merge < bpe.merges().size() ? bpe.merges()[merge].*side : std::nan("");
}

}  // namespace

int main() {
    return check([] {
        const Bpe twice = train_bpe({"abab", "abab"}, 258);
        expect("of abab and abab, the second merge is not that of ab and ab",
               {{"the left token of the second merge", part(twice, 1, &Merge::left), 256},
                {"the right one", part(twice, 1, &Merge::right), 256}});
        const Bpe run = train_bpe({"aaaaaaaa"}, 258);
        expect("of a run of eight a, the second merge is not that of aa and aa",
               {{"the left token of the second merge", part(run, 1, &Merge::left), 256},
                {"the right one", part(run, 1, &Merge::right), 256}});
        const Bpe names = train_bpe({"anna", "hanna", "hannah", "ian"}, 260);
        expect("of the four names, the merges are not an, na, anna and hanna",
               {{"the left token of the second merge", part(names, 1, &Merge::left), 77},
                {"the right one", part(names, 1, &Merge::right), 64},
                {"the left token of the third", part(names, 2, &Merge::left), 256},
                {"the right one", part(names, 2, &Merge::right), 257},
                {"the left token of the fourth", part(names, 3, &Merge::left), 71},
                {"the right one", part(names, 3, &Merge::right), 258}});
        for (Index id = 256; id < names.vocab_size(); ++id) std::puts(names.tokens()[id].c_str());
    });
}
