// Check: a letter counts once in each name that has it.
#include "exercise.hpp"
#include "towns.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        const auto kept = [](const Names& names, std::size_t least) {
            return static_cast<double>(of_common_letters(names, least).size());
        };
        expect("a name of common letters should stay",
               {{"how many of ab, ba and ab are kept", kept({"ab", "ba", "ab"}, 3), 3}});
        expect("a letter that comes in one name should not be called common",
               {{"how many of ab, ba and qqqab are kept", kept({"ab", "ba", "qqqab"}, 2), 2},
                {"of moor and oo", kept({"moor", "oo"}, 2), 1}});
        for (const std::string& name : of_common_letters({"bern", "berne", "xxbern"}, 2)) {
            std::puts(name.c_str());
        }
    });
}
