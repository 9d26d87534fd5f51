// Chapter 7: what is held out of a training, and how good a model is.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "catch.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/evaluation.hpp"
#include "microgpt/training/trainer.hpp"
#include "temporary.hpp"

using namespace microgpt;

namespace {

using Views = std::vector<std::string_view>;

/// Eight spellings in twelve lines.
constexpr char text[] = "ab\nba\nabba\nab\nbaab\na\nb\naa\nab\nbb\nba\na\n";

class Names {
  public:
    explicit Names(const std::string& lines = text) { write_file(file(), lines); }
    std::filesystem::path file() const { return folder_.path() / "names.txt"; }

  private:
    TemporaryDirectory folder_;
};

const Settings small = {.steps = 6, .n_embd = 2, .n_head = 1, .block_size = 4};

Settings holding_out(double share, Settings settings = small) {
    settings.held_out = share;
    return settings;
}

Run run_on(const Names& names, const Settings& settings = small) {
    return Run(value_kind(), settings, {.file = names.file()});
}

bool share_none(const Views& a, const Views& b) {
    return std::ranges::none_of(
        a, [&](std::string_view x) { return std::ranges::find(b, x) != b.end(); });
}

}  // namespace

// ---- Spellings

TEST_CASE("a spelling is what a model reads of a document", "[ch07][held-out]") {
    const SpellingOf by_point = {.split = code_point, .block_size = 3};
    CHECK(by_point("ab") == "ab");
    CHECK(by_point("abc") == "abc");
    CHECK(by_point("abcd") == "abc");
    CHECK(by_point("äöüß") == "äöü");
    CHECK(by_point("äö") == "äö");
    const SpellingOf by_grapheme = {.split = grapheme, .block_size = 1};
    CHECK(by_grapheme("e\u0301a") == "e\u0301");
    const Views documents = {"b", "abcd", "b", "abce", "a"};
    CHECK(spellings(documents, by_point) == Views{"a", "abc", "b"});
}

// ---- What is held out

TEST_CASE("what is held out is a share of the spellings, with every line of them",
          "[ch07][held-out]") {
    const Views all = {"ab", "ba", "abba", "ab", "baab", "a", "b", "aa", "ab", "bb", "ba", "a"};
    const SpellingOf spelling_of;
    for (const auto& [share, count] : {std::pair(0.25, 2), {0.5, 4}, {1e-9, 1}, {0.999, 7}}) {
        Views documents = all;
        const std::size_t left = hold_out(documents, share, spelling_of);
        const Views kept(documents.begin(), documents.begin() + static_cast<int>(left));
        const Views out(documents.begin() + static_cast<int>(left), documents.end());
        CHECK(spellings(out, spelling_of).size() == static_cast<std::size_t>(count));
        CHECK(share_none(kept, out));
        Views in_order = all;  // without those held out
        std::erase_if(in_order, [&](auto name) { return !share_none({name}, out); });
        CHECK(kept == in_order);
        CHECK(std::ranges::is_permutation(documents, all));
    }
}

TEST_CASE("which spellings are held out depends on the text alone", "[ch07][held-out]") {
    const Names names;
    const auto out = [&](Settings settings) {
        settings.held_out = 0.4;
        Tape tape;
        const Run run = run_on(names, settings);
        const Views spelled = spellings(run.corpus().held_out(), {});
        return std::set<std::string>(spelled.begin(), spelled.end());
    };
    const std::set<std::string> expected = {"abba", "b", "bb"};  // in every later version, too
    CHECK(out(small) == expected);
    CHECK(out({.seed = 1}) == expected);
    CHECK(out({.recipe = "elixir"}) == expected);
}

TEST_CASE("documents that differ behind block_size are held out together", "[ch07][held-out]") {
    Views documents = {"aaaab", "aaaac", "bbbb", "bbbba", "aaaa"};
    const SpellingOf spelling_of = {.block_size = 4};
    const std::size_t left = hold_out(documents, 0.5, spelling_of);
    CHECK((left == 2 || left == 3));
    const std::span<const std::string_view> all = documents;
    CHECK(spellings(all.first(left), spelling_of).size() == 1);
    CHECK(spellings(all.subspan(left), spelling_of).size() == 1);
}

TEST_CASE("of a single spelling nothing can be held out", "[ch07][held-out]") {
    const Names names("ab\nab\n");
    Tape tape;
    CHECK_THROWS_AS(run_on(names, holding_out(0.5)), DataError);
    CHECK(run_on(names).num_docs() == 2);
}

TEST_CASE("no spelling that is held out is read, however long the training", "[ch07][held-out]") {
    const Names names;
    Tape tape;
    Run run =
        run_on(names, holding_out(0.4, {.steps = 40, .n_embd = 2, .n_head = 1, .block_size = 4}));
    const Spellings spellings = spellings_of(run, 40);
    CHECK(spellings.all.size() == 8);
    CHECK(spellings.read.size() == 5);
    CHECK(spellings.unread.size() == 3);
    CHECK(share_none(spellings.read, spellings.unread));
    CHECK(run.num_docs() == 12);
    CHECK(run.tokenizer().vocab_size() == 3);  // as without, so that all can be read
    const auto training = run.corpus().training();
    CHECK(spellings_of(run, training.size() + 1).read == spellings.read);
    for (std::size_t step = 0; step < 40; ++step) {
        const double foreseen = evaluate(run, training.subspan(step % training.size(), 1)).loss();
        CHECK(run.step() == Approx(foreseen).epsilon(1e-12));
    }
}

TEST_CASE("a run reads what is left in the order in which it would have read all",
          "[ch07][held-out]") {
    const Names names;
    Tape tape;
    const Run all = run_on(names);
    const Run some = run_on(names, holding_out(0.4));
    Views expected = all.corpus().docs();
    const auto out = some.corpus().held_out();
    const std::set<std::string_view> held(out.begin(), out.end());
    std::erase_if(expected, [&](auto name) { return held.contains(name); });
    const auto training = some.corpus().training();
    CHECK(std::ranges::equal(training, expected));
    CHECK(all.corpus().held_out().empty());
}

TEST_CASE("where nothing is held out, the unread are those that are not come to",
          "[ch07][held-out]") {
    const Names names;
    Tape tape;
    Run run = run_on(names);
    CHECK(spellings_of(run, 0).read.empty());
    CHECK(spellings_of(run, 0).unread.size() == 8);
    run.step();
    const Spellings after = spellings_of(run, 1);
    CHECK(after.read == Views{run.corpus().docs()[0]});
    CHECK(after.unread.size() == 7);  // other lines of the same spelling do not count
    CHECK(spellings_of(run, 12).unread.empty());
    CHECK(spellings_of(run, 1000000).read.size() == 8);
    const Run in_batches = run_on(names, {.n_embd = 2, .n_head = 1, .block_size = 4, .batch = 12});
    CHECK(spellings_of(in_batches, 1).unread.empty());
}

// ---- How good it is

TEST_CASE("an evaluation is document_loss, once by documents and once by tokens",
          "[ch07][evaluation]") {
    const Names names;
    Tape tape;
    Run run = run_on(names);
    run.train();
    std::vector<double> weights = run.engine().parameters();
    auto weight = weights.begin();
    const Gpt gpt(run.engine().config(), [&] { return *weight++; });
    const Views documents = {"abba", "b", "aabab"};  // the last is read as far as four letters
    double losses = 0;
    double nats = 0;
    for (const auto& [name, tokens] : {std::pair("abba", 4), {"b", 2}, {"aaba", 4}}) {
        const Tape::Scope scope;
        const double loss = document_loss(gpt, run.tokenizer().encode(name, 5)).data();
        losses += loss;
        nats += loss * tokens;
    }
    for (const std::size_t side_by_side : {1, 2, 3, 64}) {
        const Evaluation found = evaluate(run, documents, side_by_side);
        CHECK(found.documents == 3);
        CHECK(found.tokens == 10);
        CHECK(found.bytes == 10);  // 4, one and its end, 4
        CHECK(found.loss() == Approx(losses / 3).epsilon(1e-12));
        CHECK(found.token_loss() == Approx(nats / 10).epsilon(1e-12));
        CHECK(found.perplexity() == Approx(std::exp(nats / 10)));
        CHECK(found.bits_per_byte() == Approx(nats / 10 / std::numbers::ln2));
    }
}

TEST_CASE("bits per byte count a character's bytes, and one for the end", "[ch07][evaluation]") {
    const Names names("é\nee\n");
    Tape tape;
    const Run run = run_on(names);
    const Views documents = {"é", "e", "éé"};
    const Evaluation found = evaluate(run, documents);
    CHECK(found.tokens == 2 + 2 + 3);
    CHECK(found.bytes == 3 + 2 + 5);
    CHECK(found.bits_per_byte() == Approx(found.nats / std::numbers::ln2 / 10));
    CHECK(run.encode("é").size() == 1);
}

TEST_CASE("a model that has learned nothing is at a guess among its tokens", "[ch07][evaluation]") {
    const Names names;
    Tape tape;
    const Run drawn = run_on(names);
    Checkpoint checkpoint = drawn.checkpoint();
    std::ranges::fill(checkpoint.parameters, 0);
    const Run run(value_kind(), checkpoint);
    const Evaluation found = evaluate(run, Views{"ab", "b"}, 2);
    CHECK(found.loss() == Approx(std::log(3)));
    CHECK(found.perplexity() == Approx(3));
    CHECK(found.bits_per_byte() == Approx(std::log2(3)));
}

TEST_CASE("to evaluate changes nothing, and pieces add up to the whole", "[ch07][evaluation]") {
    const Names names;
    Tape tape;
    Run run = run_on(names);
    run.train();
    const std::vector<double> before = run.engine().parameters();
    const std::size_t on_tape = tape.size();
    const Views all = spellings_of(run, 0).all;
    const Evaluation whole = evaluate(run, all, 2);
    Evaluation sum = evaluate(run, std::span(all).first(3));
    sum += evaluate(run, std::span(all).subspan(3), 4);
    CHECK(sum.loss() == Approx(whole.loss()).epsilon(1e-14));
    CHECK(sum.bits_per_byte() == Approx(whole.bits_per_byte()).epsilon(1e-14));
    CHECK(run.engine().parameters() == before);
    CHECK(tape.size() == on_tape);
}

TEST_CASE("what cannot be evaluated is refused", "[ch07][evaluation][misuse]") {
    const Names names;
    Tape tape;
    const Run run = run_on(names);
    CHECK_THROWS_AS(evaluate(run, Views{"ab"}, 0), std::invalid_argument);
    CHECK_THROWS_AS(evaluate(run, Views{"x"}), DataError);
    CHECK(evaluate(run, Views{}).documents == 0);
    CHECK(std::isnan(evaluate(run, Views{}).loss()));
    const Run without_data(value_kind(), run.checkpoint());
    CHECK_THROWS_AS(spellings_of(without_data, 1), std::logic_error);
}

TEST_CASE("names are new, or in the data, or read; and may be repeated", "[ch07][evaluation]") {
    const Spellings spellings = {.all = {"a", "b", "c"}, .read = {"b"}, .unread = {"c"}};
    const std::vector<std::string> names = {"a", "b", "b", "x", "x", "", "c"};
    const Novelty found = novelty(names, spellings);
    CHECK(found.names == 7);
    CHECK(found.fresh == 3);
    CHECK(found.read == 2);
    CHECK(found.repeated == 2);
    CHECK(novelty({}, spellings).names == 0);
}

// ---- Taken up again

TEST_CASE("a run that is taken up holds out what it held out before", "[ch07][held-out]") {
    const Names names;
    Tape tape;
    Run whole = run_on(names, holding_out(0.4));
    Run stopped = run_on(names, holding_out(0.4));
    whole.train();
    stopped.train([](Index step, double) { return step < 3; });
    Run resumed(value_kind(), from_bytes(to_bytes(stopped.checkpoint())));
    CHECK(resumed.settings().held_out == 0.4);
    CHECK(resumed.corpus().held_out().empty());  // no data yet
    resumed.load({.file = names.file()});
    CHECK(std::ranges::equal(resumed.corpus().held_out(), whole.corpus().held_out()));
    resumed.train();
    CHECK(resumed.losses() == whole.losses());
    CHECK(to_bytes(resumed.checkpoint()) == to_bytes(whole.checkpoint()));
    Run other = run_on(names);
    other.train();
    CHECK(other.losses() != whole.losses());
}

// ---- Other names

TEST_CASE("a seed of their own gives other names, and leaves the checkpoint as it was",
          "[ch07][run]") {
    const Names names;
    Tape tape;
    Run run = run_on(names, {.steps = 6, .n_embd = 2, .n_head = 1, .block_size = 8});
    run.train();
    const std::string before = to_bytes(run.checkpoint());
    const auto names_of = [&](std::uint64_t seed, std::size_t side_by_side) {
        run.seed_names(seed);
        return run.generate({.count = 20, .side_by_side = side_by_side});
    };
    for (const std::size_t side_by_side : {1, 4}) {
        const std::vector<std::string> first = names_of(1, side_by_side);
        CHECK(names_of(2, side_by_side) != first);
        CHECK(names_of(1, side_by_side) == first);
    }
    CHECK(to_bytes(run.checkpoint()) == before);
    Run again(value_kind(), run.checkpoint());
    again.seed_names(1);
    CHECK(again.generate({.count = 20}) == names_of(1, 1));
}
