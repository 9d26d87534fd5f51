// Start weights: a model goes on as it was, or on other data, and what does not fit is said.
#include <algorithm>
#include <limits>

#include "catch.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/start_weights.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"

using namespace microgpt;

namespace {

const Settings small = {.steps = 20, .n_embd = 8, .n_head = 2, .block_size = 8};

Run run_of(const Settings& settings, const std::string& text,
           const VocabularyKind& tokens = pieces_or_characters()) {
    return Run(engine_kind(), settings, Dataset{"names.txt", text, ""}, tokens);
}

Run trained(const Settings& settings, const std::string& text) {
    Run run = run_of(settings, text);
    run.train();
    return run;
}

Run begun(const std::string& bytes, const std::string& text,
          const Settings& settings = {.steps = 20}) {
    const StartWeights weights = read_start_weights(bytes, "m.st");
    Run run =
        run_of(with_sizes(settings, weights), text, tokens_for(weights, pieces_or_characters()));
    begin_with(run, weights);
    return run;
}

std::vector<double> logits(const Run& run) {
    const auto reader = run.reader(1);
    const Index bos = run.tokenizer().bos();
    const std::span<const double> read = reader->read({&bos, 1});
    return {read.begin(), read.end()};
}

const std::string names = "anna\nhanna\nhannah\nian\n";

/// A checkpoint with something else about its file.
std::string changed(const Run& run, const std::function<void(Safetensors&)>& change) {
    Safetensors file = from_safetensors(to_bytes(run.checkpoint()));
    change(file);
    return to_safetensors(file);
}

}  // namespace

TEST_CASE("an unchanged checkpoint's weights give the same logits, to the bit", "[ch10][weights]") {
    for (const Index tokens : {0, 258}) {
        Settings settings = small;
        settings.tokens = tokens;
        const Run run = trained(settings, names);
        const Run again = begun(to_bytes(run.checkpoint()), names);
        CHECK(logits(again) == logits(run));
        CHECK(again.engine().adam().steps == 0);
        CHECK(again.losses().empty());
    }
}

TEST_CASE("in whatever order the matrices stand, and without the rest, they are found",
          "[ch10][weights]") {
    const Run run = trained(small, names);
    const std::string bytes = changed(run, [](Safetensors& file) {
        std::erase_if(file.tensors, [](const auto& tensor) {
            return tensor.first.starts_with("adam") || tensor.first == "losses";
        });
        std::ranges::reverse(file.tensors);
        file.metadata.erase("sha256");
    });
    CHECK(logits(begun(bytes, names)) == logits(run));
}

TEST_CASE("a vocabulary that grows keeps the rows it had, and the new ones are drawn",
          "[ch10][weights]") {
    const Run run = trained(small, names);  // a h i n
    const Run grown = begun(to_bytes(run.checkpoint()), "bea\nbia\n");
    CHECK(grown.tokenizer().characters() == std::vector<std::string>{"a", "b", "e", "h", "i", "n"});
    const std::vector<double> before = run.engine().parameters();
    const std::vector<double> after = grown.engine().parameters();
    const auto row = [](const std::vector<double>& all, std::ptrdiff_t place) {
        return std::vector<double>(all.begin() + 8 * place, all.begin() + 8 * place + 8);
    };
    CHECK(row(after, 0) == row(before, 0));  // a
    CHECK(row(after, 3) == row(before, 1));  // h
    CHECK(row(after, 6) == row(before, 4));  // BOS
    const Run drawn = run_of(small, "bea\nbia\nhn\n");
    CHECK(row(after, 1) == row(drawn.engine().parameters(), 1));
}

TEST_CASE("pieces are those of the weights, whatever the new text is", "[ch10][weights]") {
    Settings settings = small;
    settings.tokens = 259;
    const Run run = trained(settings, names);
    Run again = begun(to_bytes(run.checkpoint()), "bertha\nbert\nbertram\n");
    CHECK(again.tokenizer().characters() == run.tokenizer().characters());
    again.train([](Index step, double) { return step < 3; });
    const Checkpoint kept = from_bytes(to_bytes(again.checkpoint()));
    CHECK(kept.vocabulary == run.vocabulary());
}

TEST_CASE("tokens of one kind do not stand for those of another", "[ch10][weights]") {
    const auto begun_by = [](const Run& run, const std::string& text, const Settings& settings) {
        const StartWeights weights = read_start_weights(to_bytes(run.checkpoint()), "m.st");
        return run_of(settings, text, tokens_for(weights, pieces_or_characters()));
    };
    Settings pieces = small;
    pieces.tokens = 259;
    const Run letters = trained(small, names);
    CHECK_THROWS_WITH(begun_by(letters, names, pieces),
                      "m.st: it was trained with tokens = 0, not 259");
    CHECK_THROWS_WITH(begun_by(trained(pieces, names), names, small),
                      "m.st: it was trained with tokens = 259, not 0");
    Settings elixir = small;
    elixir.recipe = "elixir";
    const std::string decomposed = "zoe\u0308\nbob\nzoe\u0308\n";
    const Run graphemes = trained(elixir, decomposed);
    CHECK_THROWS_WITH(begun_by(graphemes, names, small),
                      "m.st: 'e\u0308' is one of its characters, and several by this recipe: give "
                      "the one that it was trained with");
    CHECK(begun(to_bytes(graphemes.checkpoint()), names).settings().recipe == "elixir");
}

TEST_CASE("pieces whose merges were changed are refused by the file's name", "[ch10][weights]") {
    Settings pieces = small;
    pieces.tokens = 259;
    StartWeights weights =
        read_start_weights(to_bytes(trained(pieces, names).checkpoint()), "m.st");
    weights.vocabulary.merges.front() = "q z";
    CHECK_THROWS_WITH(run_of(pieces, names, tokens_for(weights, pieces_or_characters())),
                      ContainsSubstring("m.st: the checkpoint"));
}

TEST_CASE("what does not fit is said in the file's words", "[ch10][weights]") {
    const Run run = trained(small, names);
    const auto why = [&](const std::function<void(Safetensors&)>& change,
                         const Settings& settings) {
        try {
            const StartWeights weights = read_start_weights(changed(run, change), "m.st");
            Run other = run_of(settings, names);
            begin_with(other, weights);
        } catch (const FormatError& error) {
            return std::string(error.what());
        }
        return std::string("nothing");
    };
    const auto same = [](Safetensors&) {};
    CHECK(why(same, small) == "nothing");
    Settings wider = small;
    wider.n_embd = 16;
    CHECK(why(same, wider) ==
          "m.st: wte is 5 x 8, and 5 x 16 is needed: give the sizes that it was "
          "trained with");
    Settings deeper = small;
    deeper.n_layer = 2;
    CHECK_THAT(why(same, deeper), ContainsSubstring("layer1.attn_wq is missing"));
    const auto infinite = [](Safetensors& file) {
        file.tensors[0].second.data[0] = std::numeric_limits<double>::infinity();
    };
    CHECK_THAT(why(infinite, small), ContainsSubstring("not finite"));
    const auto other_names = [](Safetensors& file) {
        for (auto& [name, tensor] : file.tensors) name = "transformer." + name;
    };
    CHECK(why(other_names, small) == "m.st: wte is missing");
    const auto foreign = [](Safetensors& file) { file.metadata.clear(); };
    CHECK(why(foreign, small) == "nothing");  // as many rows as the data has letters, by chance
    CHECK_THROWS_WITH(read_start_weights("no file", "m.st"), ContainsSubstring("m.st: it is cut"));
}

TEST_CASE("a run that has begun takes no other weights", "[ch10][weights]") {
    Run run = trained(small, names);
    CHECK_THROWS_AS(run.begin_with(run.engine().parameters()), std::logic_error);
}
