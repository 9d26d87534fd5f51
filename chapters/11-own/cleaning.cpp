// Cleaning: what is done to the towns, in which order, and what comes of it.
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "stages.hpp"

namespace microgpt {

namespace {

/// The first name that is another now; or, where there are fewer, the first that has gone.
std::string example(Names before, Names names) {
    if (names.size() == before.size()) {
        const auto changed = std::ranges::mismatch(before, names);
        return changed.in1 == before.end() ? "" : *changed.in1 + " → " + *changed.in2;
    }
    std::ranges::sort(before);
    std::ranges::sort(names);
    Names gone;
    std::ranges::set_difference(before, names, std::back_inserter(gone));
    return "without " + gone.front();
}

/// A row: what was done, and what there is now.
void say(const char* done, const Names& before, const Names& names) {
    std::size_t longest = 0;
    for (const std::string& name : names) longest = std::max(longest, length(name));
    std::printf("%-22s %5zu  %7u  %7zu  %s\n", done, names.size(),
                Tokenizer(views(names)).vocab_size() - 1, longest, example(before, names).c_str());
}

}  // namespace

Names cleaned(Names names) {
    std::puts("                       names  letters  longest  such as");
    say("as they are", names, names);
    const auto then = [&](const char* done, const Names& next) {
        say(done, names, next);
        names = next;
    };
    const auto each = [&](std::string (*change)(const std::string&)) {
        Names changed(names.size());
        std::ranges::transform(names, changed.begin(), change);
        return changed;
    };
    then("decoded again", each(decoded_again));
    then("without additions", each(without_addition));
    then("in small letters", each(in_small_letters));
    then("each once", each_once(names));
    then("of common letters", of_common_letters(names, 10));
    then("of 15 letters at most", of_length(names, 15));
    return names;
}

}  // namespace microgpt
