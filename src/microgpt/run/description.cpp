// Description: a list of fields, and a JSON object of them.
#include "microgpt/run/description.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <type_traits>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/files/json_text.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/run/recipe.hpp"

namespace microgpt {

namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& why) { throw FormatError(why); }

/// These stand in the file only where they say something: older files know nothing of them.
const std::set<std::string> younger = {"held_out", "tokens", "stream", "merges"};

template <class AnyCheckpoint, class Visit>
void each_field(AnyCheckpoint& checkpoint, Visit visit) {
    visit("recipe", checkpoint.settings.recipe);
    visit("seed", checkpoint.settings.seed);
    visit("step", checkpoint.adam.steps);
    visit("steps", checkpoint.settings.steps);
    visit("n_layer", checkpoint.settings.n_layer);
    visit("n_embd", checkpoint.settings.n_embd);
    visit("n_head", checkpoint.settings.n_head);
    visit("block_size", checkpoint.settings.block_size);
    visit("batch", checkpoint.settings.batch);
    visit("learning_rate", checkpoint.settings.learning_rate);
    visit("held_out", checkpoint.settings.held_out);
    visit("tokens", checkpoint.settings.tokens);
    visit("stream", checkpoint.settings.stream);
    visit("data", checkpoint.data.name);
    visit("data_sha256", checkpoint.data.sha256);
    visit("num_docs", checkpoint.data.num_docs);
    visit("vocabulary", checkpoint.vocabulary.tokens);
    visit("merges", checkpoint.vocabulary.merges);
    visit("random", checkpoint.random);
}

/// Whether no number in a value has a sign or a point: -1 would be read as 2^64 - 1, and 1e300
/// cannot be read as a whole number at all.
bool is_whole(const json& value) {
    const auto is_other = [](const json& x) { return x.is_number() && !x.is_number_unsigned(); };
    return std::none_of(value.begin(), value.end(), is_other);
}

/// Whether a message can say it, which ends at a NUL.
bool is_text(const json& value) {
    return !value.is_string() ||
           value.get_ref<const std::string&>().find('\0') == std::string::npos;
}

/// What is read has to be what would be written.
template <class Field>
void read(const std::string& key, const json& value, Field& field) {
    const bool fits =
        std::is_same_v<Field, double> ? value.is_number_float() : is_whole(value) && is_text(value);
    if (fits) value.get_to(field);
    if (!fits || json(field) != value) refuse("its " + key + " makes no sense");
}

void check(const Checkpoint& checkpoint) {
    const Settings settings = checked(checkpoint.settings);
    const std::string& sha256 = checkpoint.data.sha256;
    if (sha256_from(sha256) != sha256) refuse("its data_sha256 is not as it is written here");
    const Recipe& recipe = recipe_of(settings.recipe);
    recipe.draws(settings.seed)->restore(checkpoint.random);
    if (settings.tokens > 0) return;  // chapter 10 looks at them
    const auto& [letters, merges] = checkpoint.vocabulary;
    const Tokenizer tokenizer({letters.begin(), letters.end()}, recipe.split);
    if (tokenizer.characters() != letters || !merges.empty()) {
        refuse("its vocabulary is not an alphabet");
    }
}

}  // namespace

const Checkpoint& checked(const Checkpoint& checkpoint) {
    checked(checkpoint.settings);
    const auto require = [](const std::vector<double>& numbers, double count) {
        const auto is_finite = [](double x) { return std::isfinite(x); };
        if (static_cast<double>(numbers.size()) != count ||
            !std::ranges::all_of(numbers, is_finite)) {
            throw std::invalid_argument("a checkpoint with other numbers than a run has");
        }
    };
    const double count = count_parameters(checkpoint.config());
    require(checkpoint.parameters, count);
    require(checkpoint.adam.m, count);
    require(checkpoint.adam.v, count);
    require(checkpoint.losses, checkpoint.adam.steps);
    return checkpoint;
}

std::string describe(const Checkpoint& checkpoint) {
    std::map<std::string, std::string> fields;
    each_field(checkpoint, [&](const char* key, const auto& field) {
        using Field = std::remove_cvref_t<decltype(field)>;
        if (!younger.contains(key) || field != Field()) fields[key] = json_text(field);
    });
    return json_object(fields);
}

Checkpoint read_description(std::string_view text) try {
    const json fields = json::parse(text);
    Checkpoint checkpoint;
    each_field(checkpoint, [&](const char* key, auto& field) {
        if (!younger.contains(key) || fields.contains(key)) read(key, fields.at(key), field);
    });
    check(checkpoint);
    return checkpoint;
} catch (const json::exception&) {
    refuse("its description makes no sense");
}

}  // namespace microgpt
