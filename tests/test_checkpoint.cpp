// Checkpoints: what is written is read back, and nothing else is read at all.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/microgpt.hpp"
#include "temporary.hpp"

using namespace microgpt;
using nlohmann::json;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
const std::string text = "ab\nba\nabba\n";

/// A small model after a few steps.
Checkpoint small_checkpoint(const std::string& recipe = "python") {
    const TemporaryDirectory folder;
    write_file(folder.path() / "small.txt", text);
    Tape tape;
    Run run(value_kind(), {.recipe = recipe, .steps = 5, .n_embd = 2, .n_head = 1, .block_size = 2},
            {.file = folder.path() / "small.txt"});
    for (int i = 0; i < 3; ++i) run.step();
    return run.checkpoint();
}

const std::string& small_file() {
    static const std::string bytes = to_bytes(small_checkpoint());
    return bytes;
}

/// What is said of the bytes.
std::string message(const std::string& bytes) {
    try {
        from_bytes(bytes);
    } catch (const FormatError& error) {
        CHECK(std::string(error.what()).find('\n') == std::string::npos);
        return error.what();
    }
    return "accepted";
}

/// Why they are refused, whatever they are.
std::string reason(const std::string& bytes) {
    const std::string whole = message(bytes);
    const std::string other = "not a microgpt checkpoint: ";
    return whole.rfind(other, 0) == 0 ? whole.substr(other.size()) : whole;
}

// ---- Forging: a file with a seal of its own

struct Parts {
    json header;
    std::string numbers;
};

Parts parts_of(const std::string& bytes) {
    std::uint64_t size = 0;
    std::memcpy(&size, bytes.data(), 8);
    return {json::parse(bytes.substr(8, size)), bytes.substr(8 + size)};
}

std::string with_header(const std::string& header, const std::string& numbers) {
    const std::uint64_t size = header.size();
    return std::string(reinterpret_cast<const char*>(&size), 8) + header + numbers;
}

std::string sealed(std::string bytes) {
    const std::string key = "\"sha256\":\"";
    const std::size_t place = bytes.find(key);
    if (place == std::string::npos) return bytes;
    bytes.replace(place + key.size(), 64, std::string(64, '0'));
    return bytes.replace(place + key.size(), 64, sha256_of(bytes));
}

std::string forged(const Parts& parts) {
    return sealed(with_header(parts.header.dump(), parts.numbers));
}

/// Why the small file is refused after `change` was made to it, with a seal that fits.
std::string reason_after(const std::function<void(Parts&)>& change) {
    Parts parts = parts_of(small_file());
    change(parts);
    return reason(forged(parts));
}

/// The same for a change of what stands in the metadata under "microgpt".
std::string reason_after_describing(const std::string& key, const json& value) {
    return reason_after([&](Parts& parts) {
        json& text_of_it = parts.header["__metadata__"]["microgpt"];
        json description = json::parse(text_of_it.get<std::string>());
        description[key] = value;
        text_of_it = description.dump();
    });
}

}  // namespace

// ---- There and back

TEST_CASE("what is written is read back, bit for bit", "[checkpoint]") {
    for (const char* recipe : {"python", "elixir"}) {
        const Checkpoint before = small_checkpoint(recipe);
        const Checkpoint after = from_bytes(to_bytes(before));
        CHECK(after.settings.recipe == recipe);
        CHECK(after.settings.steps == 5);
        CHECK(after.settings.n_embd == 2);
        CHECK(after.settings.learning_rate == 0.01);
        CHECK(after.data.name == "small.txt");
        CHECK(after.data.sha256 == sha256_of(text));
        CHECK(after.data.num_docs == 3);
        CHECK(after.vocabulary.tokens == std::vector<std::string>{"a", "b"});
        CHECK(after.random == before.random);
        CHECK(after.losses == before.losses);
        CHECK(after.parameters == before.parameters);
        CHECK(after.adam.m == before.adam.m);
        CHECK(after.adam.v == before.adam.v);
        CHECK(after.adam.steps == 3);
        CHECK(to_bytes(after) == to_bytes(before));
    }
}

TEST_CASE("a model without a step is a checkpoint too", "[checkpoint]") {
    Checkpoint fresh = small_checkpoint();
    fresh.losses.clear();
    fresh.adam.steps = 0;
    CHECK(from_bytes(to_bytes(fresh)).losses.empty());
}

TEST_CASE("each matrix stands under its name, with its shape", "[checkpoint]") {
    const Safetensors file = from_safetensors(small_file());
    REQUIRE(file.tensors.size() == 3 * 9 + 1);
    CHECK(file.tensors[0].first == "wte");
    CHECK(file.tensors[0].second.shape == std::vector<std::uint64_t>{3, 2});
    CHECK(file.tensors[8].first == "layer0.mlp_fc2");
    CHECK(file.tensors[8].second.shape == std::vector<std::uint64_t>{2, 8});
    CHECK(file.tensors[9].first == "adam.m.wte");
    CHECK(file.tensors[18].first == "adam.v.wte");
    CHECK(file.tensors[27].first == "losses");
}

TEST_CASE("the shapes of a configuration are those of its model", "[checkpoint]") {
    Tape tape;
    const GptConfig config = {.vocab_size = 5, .n_layer = 2, .n_embd = 6, .n_head = 3};
    const std::vector<NamedMatrix> matrices = Gpt(config, [] { return 0.0; }).matrices();
    const std::vector<Shape> expected = shapes(config);
    REQUIRE(matrices.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(matrices[i].name == expected[i].name);
        CHECK(matrices[i].matrix.rows() == expected[i].rows);
        CHECK(matrices[i].matrix.columns() == expected[i].columns);
    }
}

TEST_CASE("Python's safetensors reads the file, and what it writes again is read", "[checkpoint]") {
    const char* chosen = std::getenv("MICROGPT_PYTHON");
    const std::string python = chosen != nullptr ? chosen : "python3";
    if (std::system((python + " -c 'import safetensors, numpy' 2> /dev/null").c_str()) != 0) {
        WARN("SKIPPED: " << python << " has no safetensors and numpy");
        return;
    }
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "model.safetensors";
    const Checkpoint checkpoint = small_checkpoint();
    write_file(file, to_bytes(checkpoint));
    write_file(folder.path() / "read.py", R"(import sys, json
from safetensors import safe_open
from safetensors.numpy import load_file, save_file
with safe_open(sys.argv[1], "numpy") as file:
    names = ["wte", "adam.m.layer0.mlp_fc2", "adam.v.wpe", "losses"]
    print(json.dumps({name: [list(file.get_tensor(name).shape), file.get_tensor(name).ravel().tolist()]
                      for name in names} | {"count": len(file.keys())}))
    save_file(load_file(sys.argv[1]), sys.argv[2], metadata=file.metadata())
)");
    const std::string out = folder.path() / "out.json";
    const std::string again = folder.path() / "again.safetensors";
    const std::string command =
        python + " " + (folder.path() / "read.py").string() + " " + file + " " + again;
    REQUIRE(std::system((command + " > " + out).c_str()) == 0);
    const json read = json::parse(read_file(out));
    CHECK(read["count"] == 28);
    CHECK(read["wte"][0] == json({3, 2}));
    CHECK(read["wte"][1].get<std::vector<double>>() ==
          std::vector(checkpoint.parameters.begin(), checkpoint.parameters.begin() + 6));
    CHECK(read["adam.m.layer0.mlp_fc2"][1].get<std::vector<double>>() ==
          std::vector(checkpoint.adam.m.end() - 16, checkpoint.adam.m.end()));
    CHECK(read["losses"][1].get<std::vector<double>>() == checkpoint.losses);
    CHECK(read_file(again) != read_file(file));
    CHECK(to_bytes(from_bytes(read_file(again))) == read_file(file));
}

TEST_CASE("written again by others, in an order of their own, it is read", "[checkpoint]") {
    Safetensors file = from_safetensors(small_file());
    std::ranges::sort(file.tensors, {}, &NamedTensors::value_type::first);
    const std::string again = to_safetensors(file);
    REQUIRE(again != small_file());
    CHECK(to_bytes(from_bytes(again)) == small_file());
    file.tensors[3].second.data[0] += 1e-9;
    CHECK(message(to_safetensors(file)) == "it was changed since it was saved");
}

TEST_CASE("the name of the data may be no UTF-8, but the file is", "[checkpoint]") {
    Checkpoint checkpoint = small_checkpoint();
    checkpoint.data.name = "n\351.txt";
    const Checkpoint read = from_bytes(to_bytes(checkpoint));
    CHECK(read.data.name == "n\uFFFD.txt");
    CHECK(to_bytes(read) == to_bytes(checkpoint));
}

TEST_CASE("what is no checkpoint is called by its name", "[checkpoint]") {
    const std::string begin = "not a microgpt checkpoint: ";
    CHECK(message("version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n") ==
          begin + "it is a Git LFS pointer: git lfs pull fetches the file");
    CHECK(message("<!DOCTYPE html>\n<html></html>") ==
          begin + "it is a web page: download the file itself");
    CHECK(message("PK\3\4 and so on") == begin + "is it compressed? unpack it first");
    CHECK(message("\xef\xbb\xbf\n<html>") == begin + "it is a web page: download the file itself");
    CHECK(message("404: Not Found") ==
          begin + "it is a server's answer: ask for the address that has the file");
    CHECK(message("m.safetensors" + std::string(244, '\0') + "ustar") ==
          begin + "is it compressed? unpack it first");
    CHECK(message("") == begin + "it is empty");
    CHECK(message("emma\nolivia\n") == begin + "it is cut short, or no safetensors file");
    const NamedTensors others = {{"wte", {{1}, {0.5}}}};
    CHECK(message(to_safetensors({{{"format", "pt"}}, others})) ==
          begin + "it does not say what was trained");
}

// ---- Damage

TEST_CASE("cut short at any length, it is refused", "[checkpoint]") {
    for (std::size_t length = 0; length < small_file().size(); ++length) {
        if (reason(small_file().substr(0, length)) == "accepted") FAIL("accepted at " << length);
    }
    CHECK(reason(small_file() + '\0') == "it is longer than its tensors");
}

TEST_CASE("taken for text on its way, it is refused by that name", "[checkpoint]") {
    const auto changed = [](const std::string& from, const std::string& to) {
        Checkpoint checkpoint = small_checkpoint();
        std::memcpy(checkpoint.losses.data(), "\n\xff\xff\n", 4);
        std::string bytes = to_bytes(checkpoint);
        for (std::size_t i = 0; (i = bytes.find(from, i)) != bytes.npos; i += to.size()) {
            bytes.replace(i, from.size(), to);
        }
        return message(bytes);
    };
    CHECK(changed("\n", "\r\n") == "it was taken for text on its way: copy it as binary");
    CHECK(changed("\xff", "\uFFFD") == "it was taken for text on its way: copy it as binary");
}

TEST_CASE("what a message could not say whole makes no sense", "[checkpoint]") {
    using namespace std::string_literals;
    for (const char* key : {"recipe", "data", "data_sha256"}) {
        CHECK(reason_after_describing(key, "py\0thon"s) == "its "s + key + " makes no sense");
    }
}

TEST_CASE("any byte of the header changed, it is refused", "[checkpoint]") {
    const auto check = [](const std::string& file, std::size_t stride) {
        const std::size_t header = file.size() - parts_of(file).numbers.size();
        for (std::size_t place = 0; place < header; place += stride) {
            for (const int flip : {0x01, 0x20, 0x80, 0xff}) {
                std::string bytes = file;
                bytes[place] = static_cast<char>(bytes[place] ^ flip);
                if (reason(bytes) == "accepted") FAIL("accepted with byte " << place << " changed");
            }
        }
    };
    check(to_bytes(small_checkpoint("elixir")), 1);
    check(small_file(), 13);  // most of it are the 624 words of Python's generator
}

TEST_CASE("any bit of a number changed, it is refused", "[checkpoint]") {
    for (std::size_t back = 1; back <= 8; ++back) {
        std::string bytes = small_file();
        bytes[bytes.size() - back] ^= 1;
        CHECK(reason(bytes) == "it was changed since it was saved");
    }
}

// ---- Forgery

TEST_CASE("the forger's tools work: unchanged, it is accepted", "[checkpoint]") {
    CHECK(reason_after([](Parts&) {}) == "accepted");
}

TEST_CASE("offsets have to fit: in the file, end to end, as long as the shape", "[checkpoint]") {
    const auto offsets = [](const json& value) {
        return reason_after([&](Parts& parts) { parts.header["wte"]["data_offsets"] = value; });
    };
    CHECK_THAT(offsets({0, 40}), ContainsSubstring("do not fit together"));
    CHECK_THAT(offsets({8, 56}), ContainsSubstring("overlap, or leave a gap"));
    CHECK_THAT(offsets({48, 0}), ContainsSubstring("not in the file"));
    CHECK_THAT(offsets({0, 1e18}), ContainsSubstring("not a whole number"));
    CHECK_THAT(offsets({0, std::uint64_t{1} << 60}), ContainsSubstring("not in the file"));
    CHECK_THAT(offsets({-8, 40}), ContainsSubstring("not a whole number"));
    CHECK_THAT(offsets({0}), ContainsSubstring("not in the file"));
    CHECK_THAT(offsets("0"), ContainsSubstring("no data_offsets"));
    CHECK_THAT(reason_after([](Parts& parts) { parts.numbers += "12345678"; }),
               ContainsSubstring("longer than its tensors"));
    CHECK_THAT(reason_after([](Parts& parts) {
                   parts.header["wte"]["data_offsets"] = parts.header["wpe"]["data_offsets"];
                   parts.header["wte"]["shape"] = {2, 2};
               }),
               ContainsSubstring("overlap"));
}

TEST_CASE("shapes have to be those of the model", "[checkpoint]") {
    const auto shape = [](const json& value) {
        return reason_after([&](Parts& parts) { parts.header["wte"]["shape"] = value; });
    };
    CHECK(shape({2, 3}) == "its wte is missing or of another size");
    CHECK(shape({6}) == "its wte is missing or of another size");
    CHECK_THAT(shape({std::uint64_t{1} << 62, std::uint64_t{1} << 62}),
               ContainsSubstring("larger than the file"));
    CHECK_THAT(shape({3, -2}), ContainsSubstring("not a whole number"));
}

TEST_CASE("types, names and numbers have to be right", "[checkpoint]") {
    CHECK_THAT(reason_after([](Parts& parts) { parts.header["wte"]["dtype"] = "F16"; }),
               ContainsSubstring("not of type F64"));
    CHECK_THAT(reason_after([](Parts& parts) { parts.header["wte"] = 3; }),
               ContainsSubstring("not of type F64"));
    CHECK(reason_after([](Parts& parts) {
              parts.header["wtf"] = parts.header["wte"];
              parts.header.erase("wte");
          }) == "its wte is missing or of another size");
    CHECK(reason_after([](Parts& parts) { parts.header.erase("losses"); }) ==
          "it is longer than its tensors");
    CHECK(reason_after([](Parts& parts) {
              parts.header["extra"] = {{"dtype", "F64"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
          }) == "it has other tensors than its model");
    for (const double bad : {infinity, -infinity, std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(reason_after([&](Parts& parts) { std::memcpy(&parts.numbers[8], &bad, 8); }) ==
              "its wte has a number that is not finite");
    }
}

TEST_CASE("a mean of squares is not negative", "[checkpoint]") {
    CHECK(reason_after([](Parts& parts) {
              const double negative = -1;
              const std::size_t v = parts.header["adam.v.wte"]["data_offsets"][0];
              std::memcpy(&parts.numbers[v], &negative, 8);
          }) == "its mean of squares is negative");
}

TEST_CASE("a name that stands twice is refused", "[checkpoint]") {
    const Parts parts = parts_of(small_file());
    const std::string once = parts.header.dump();
    const std::string twice = "{\"wte\":" + parts.header["wte"].dump() + "," + once.substr(1);
    CHECK(reason(sealed(with_header(twice, parts.numbers))) ==
          "its header has the name \"wte\" twice");
}

TEST_CASE("a header that is no header is refused", "[checkpoint]") {
    CHECK(reason(with_header("[]", "")) == "its header is not a JSON object");
    CHECK(reason(with_header("{", "")) == "its header is not a JSON object");
    CHECK(reason(with_header(std::string(100000, '['), "")) == "its header is not a JSON object");
    const std::string deep = std::string(1000000, '[') + std::string(1000000, ']');
    CHECK(reason(with_header("{\"a\":{\"dtype\":" + deep + "}}", "")) ==
          "the tensor \"a\" is not of type F64 or F32");
    CHECK(reason(with_header("{\"a\\nb\":7}", "")) ==
          "the tensor \"a\\nb\" is not of type F64 or F32");
    CHECK(reason(with_header("{}", "")) == "it does not say what was trained");
    CHECK(reason(with_header(R"({"__metadata__":7})", "")) == "its metadata is not an object");
    CHECK(reason(with_header(R"({"__metadata__":{"a":7}})", "")) ==
          "its metadata has what is not text");
    CHECK(reason_after([](Parts& parts) { parts.header["__metadata__"].erase("sha256"); }) ==
          "it was changed since it was saved");
}

TEST_CASE("another configuration is refused", "[checkpoint]") {
    CHECK_THAT(reason_after_describing("n_embd", 4), ContainsSubstring("of another size"));
    CHECK_THAT(reason_after_describing("block_size", 4), ContainsSubstring("of another size"));
    CHECK_THAT(reason_after_describing("n_layer", 2), ContainsSubstring("other tensors"));
    CHECK_THAT(reason_after_describing("n_layer", 4294967295), ContainsSubstring("other tensors"));
    CHECK_THAT(reason_after_describing("n_head", 3), ContainsSubstring("n_head (3) must divide"));
    CHECK_THAT(reason_after_describing("n_head", 0), ContainsSubstring("sizes start at 1"));
    CHECK_THAT(reason_after_describing("n_embd", -2), ContainsSubstring("its n_embd"));
    CHECK_THAT(reason_after_describing("seed", -1), ContainsSubstring("its seed"));
    CHECK_THAT(reason_after_describing("n_embd", 1e300), ContainsSubstring("its n_embd"));
    CHECK_THAT(reason_after_describing("n_embd", "2"), ContainsSubstring("makes no sense"));
    CHECK_THAT(reason_after_describing("step", 4),
               ContainsSubstring("its losses is missing or of another size"));
    CHECK_THAT(reason_after_describing("steps", 4294967296), ContainsSubstring("its steps"));
    CHECK_THAT(reason_after_describing("learning_rate", 0), ContainsSubstring("no sense"));
    CHECK_THAT(reason_after_describing("recipe", "perl"), ContainsSubstring("no recipe 'perl'"));
    CHECK_THAT(reason_after_describing("random", json::array()), ContainsSubstring("generator"));
    CHECK_THAT(reason_after_describing("random", {42, 2'000'000'000}),
               ContainsSubstring("generator"));
    CHECK_THAT(reason_after_describing("random", {42, 5, UINT64_MAX}),
               ContainsSubstring("generator"));
    for (const std::string& sha256 : {std::string(), std::string(64, 'A'), std::string(63, 'a')}) {
        CHECK(reason_after_describing("data_sha256", sha256) != "accepted");
    }
    CHECK_THAT(reason_after_describing("random", {1, -1}), ContainsSubstring("its random"));
    CHECK_THAT(reason_after_describing("random", {1, 1e300}), ContainsSubstring("its random"));
}

TEST_CASE("another vocabulary is refused", "[checkpoint]") {
    CHECK_THAT(reason_after_describing("vocabulary", {"b", "a"}), ContainsSubstring("alphabet"));
    CHECK_THAT(reason_after_describing("vocabulary", {"a", "a"}), ContainsSubstring("alphabet"));
    CHECK_THAT(reason_after_describing("vocabulary", {"a", "bc"}), ContainsSubstring("alphabet"));
    CHECK_THAT(reason_after_describing("vocabulary", {"", "b"}), ContainsSubstring("alphabet"));
    CHECK_THAT(reason_after_describing("vocabulary", {"a"}), ContainsSubstring("of another size"));
    const TemporaryDirectory folder;
    write_file(folder.path() / "small.txt", text);
    Checkpoint other = small_checkpoint();
    other.vocabulary.tokens = {"a", "c"};
    Tape tape;
    Run run(value_kind(), from_bytes(to_bytes(other)));
    CHECK_THROWS_WITH(run.load({.file = folder.path() / "small.txt"}),
                      ContainsSubstring("another vocabulary"));
}

TEST_CASE("a run goes on with the text it was trained on, and no other", "[checkpoint]") {
    const Checkpoint checkpoint = small_checkpoint();
    const TemporaryDirectory folder;
    write_file(folder.path() / "small.txt", "ab\nba\nabab\n");
    Tape tape;
    Run run(value_kind(), checkpoint);
    CHECK_THROWS_WITH(run.step(), ContainsSubstring("no data"));
    CHECK_THROWS_WITH(run.load({.file = folder.path() / "small.txt"}),
                      ContainsSubstring("which training has to go on with"));
}

TEST_CASE("a checkpoint that no run has is neither written nor gone on from", "[checkpoint]") {
    const Checkpoint whole = small_checkpoint();
    const auto refused = [&](const auto& change) {
        Checkpoint changed = whole;
        change(changed);
        Tape tape;
        CHECK_THROWS_AS(to_bytes(changed), std::invalid_argument);
        CHECK_THROWS_AS(Run(value_kind(), changed), std::invalid_argument);
    };
    refused([](Checkpoint& c) { c.adam.m.pop_back(); });
    refused([](Checkpoint& c) { c.adam.v.clear(); });
    refused([](Checkpoint& c) { c.parameters.push_back(1); });
    refused([](Checkpoint& c) { c.losses.pop_back(); });
    refused([](Checkpoint& c) { c.vocabulary.tokens.emplace_back("z"); });
    refused([](Checkpoint& c) { c.settings.n_layer = 4294967295; });
    refused([](Checkpoint& c) { c.settings.learning_rate = 0; });
    refused([](Checkpoint& c) { c.settings.batch = 0; });
    refused([](Checkpoint& c) { c.parameters[3] = infinity; });
    refused([](Checkpoint& c) { c.adam.v[0] = std::numeric_limits<double>::quiet_NaN(); });
    refused([](Checkpoint& c) { c.losses[0] = infinity; });
}

TEST_CASE("what is held out stands in a checkpoint, and only where something is", "[checkpoint]") {
    const auto held_out_in = [](const std::string& bytes) {
        const json header = parts_of(bytes).header;
        return json::parse(header["__metadata__"]["microgpt"].get<std::string>())["held_out"];
    };
    Checkpoint checkpoint = from_bytes(small_file());
    CHECK(held_out_in(small_file()).is_null());
    CHECK(checkpoint.settings.held_out == 0);
    checkpoint.settings.held_out = 0.1;
    CHECK(held_out_in(to_bytes(checkpoint)) == 0.1);
    CHECK(from_bytes(to_bytes(checkpoint)).settings.held_out == 0.1);
    for (const json& bad : {json(1), json("0.1"), json(true), json(nullptr)}) {
        CHECK(reason_after_describing("held_out", bad) == "its held_out makes no sense");
    }
    CHECK(reason_after_describing("held_out", 1.5).find("a share of 1.5") == 0);
    checkpoint.settings.held_out = 1;
    CHECK_THROWS_AS(to_bytes(checkpoint), std::invalid_argument);
}

TEST_CASE("a milestone's name has the number of its step in it", "[checkpoint]") {
    CHECK(milestone("m-{step}.x", 100) == "m-100.x");
    CHECK(milestone("a/{step}/m-{step}-{step}", 7) == "a/{step}/m-7-7");
    for (const char* name : {"m.x", "-", "", "/dev/null", "{}", "{1}", "{ste", "step}", "{a-b}"}) {
        CHECK(milestone(name, 3) == name);
    }
    CHECK(milestone("{{step}}", 3) == "{3}");
    for (const char* bad : {"m-{steps}", "{Step}", "{step}-{epoch}", "a/{seed}.x"}) {
        CHECK_THROWS_WITH(milestone(bad, 3), ContainsSubstring("only {step} is known"));
    }
}

TEST_CASE("a checkpoint is saved as it is loaded", "[checkpoint]") {
    const TemporaryDirectory folder;
    const Checkpoint checkpoint = small_checkpoint();
    save_checkpoint(checkpoint, folder.path() / "m");
    CHECK(to_bytes(load_checkpoint(folder.path() / "m")) == to_bytes(checkpoint));
}

/// The last bits of the fast engine depend on the processor and on Highway.
void check_near(const std::vector<double>& some, const std::vector<double>& others) {
    CHECK(some.size() == others.size());
    CHECK(std::ranges::equal(some, others,
                             [](double a, double b) { return std::abs(a - b) < 1e-9; }));
}

TEST_CASE("a checkpoint of version 1.1.0 is gone on from", "[checkpoint]") {
    const DatasetOptions data = {.file = MICROGPT_SOURCE_DIR "/data/dreamed-names.txt"};
    Checkpoint old = load_checkpoint(MICROGPT_SOURCE_DIR "/tests/checkpoints/1.1.0.safetensors");
    CHECK(old.random.size() == 3);  // a seed, a number of draws, and a number to spare
    Run fresh = make_run({.steps = 5, .n_embd = 1, .n_head = 1, .block_size = 3}, data);
    fresh.train();
    Checkpoint today = fresh.checkpoint();
    const Checkpoint again = make_run(old).checkpoint();
    CHECK(describe(again) == describe(today));
    check_near(again.losses, today.losses);
    check_near(again.parameters, today.parameters);
    check_near(again.adam.m, today.adam.m);
    check_near(again.adam.v, today.adam.v);
    old.settings.steps = today.settings.steps = 8;
    Run runs[] = {make_run(old), make_run(today)};
    for (Run& run : runs) {
        run.load(data);
        run.train();
    }
    check_near(runs[0].losses(), runs[1].losses());
    CHECK(runs[0].generate({.count = 9}) == runs[1].generate({.count = 9}));
}
