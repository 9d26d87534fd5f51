// Checkpoint, as a safetensors file with a seal.
#include "microgpt/run/checkpoint.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/run/recipe.hpp"

namespace microgpt {

namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& why) { throw FormatError(why); }

// ---- What is not a tensor: a list of fields, and a JSON object of them

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
    visit("data", checkpoint.data.name);
    visit("data_sha256", checkpoint.data.sha256);
    visit("num_docs", checkpoint.data.num_docs);
    visit("vocabulary", checkpoint.vocabulary);
    visit("random", checkpoint.random);
}

/// Whether no number in a value has a sign or a point: -1 would be read as 2^64 - 1, and 1e300
/// cannot be read as a whole number at all.
bool is_whole(const json& value) {
    const auto is_other = [](const json& x) { return x.is_number() && !x.is_number_unsigned(); };
    return std::none_of(value.begin(), value.end(), is_other);
}

/// What is read has to be what would be written.
template <class Field>
void read(const std::string& key, const json& value, Field& field) {
    const bool fits = std::is_same_v<Field, double> ? value.is_number_float() : is_whole(value);
    if (fits) value.get_to(field);
    if (!fits || json(field) != value) refuse("its " + key + " makes no sense");
}

Checkpoint read_description(const std::string& text) try {
    const json fields = json::parse(text);
    Checkpoint checkpoint;
    each_field(checkpoint, [&](const char* key, auto& field) { read(key, fields.at(key), field); });
    return checkpoint;
} catch (const json::exception&) {
    refuse("its description makes no sense");
}

void check_description(const Checkpoint& checkpoint) {
    const Settings settings = checked(checkpoint.settings);
    const Recipe& recipe = recipe_of(settings.recipe);
    recipe.draws(settings.seed)->restore(checkpoint.random);
    const std::vector<std::string>& letters = checkpoint.vocabulary;
    const Tokenizer tokenizer({letters.begin(), letters.end()}, recipe.split);
    if (tokenizer.characters() != letters) refuse("its vocabulary is not an alphabet");
}

// ---- What is a tensor: each matrix three times, with a prefix to its name, and the losses

template <class AnyCheckpoint, class Visit>
void each_kind(AnyCheckpoint& checkpoint, Visit visit) {
    visit("", checkpoint.parameters);
    visit("adam.m.", checkpoint.adam.m);
    visit("adam.v.", checkpoint.adam.v);
}

NamedTensors tensors_of(const Checkpoint& checkpoint) {
    NamedTensors tensors;
    each_kind(checkpoint, [&](const std::string& prefix, const std::vector<double>& numbers) {
        auto next = numbers.begin();
        for (const auto& [name, rows, columns] : shapes(checkpoint.config())) {
            const auto end = next + std::ptrdiff_t{rows} * columns;
            tensors.push_back({prefix + name, {{rows, columns}, {next, end}}});
            next = end;
        }
    });
    tensors.push_back({"losses", {{checkpoint.losses.size()}, checkpoint.losses}});
    return tensors;
}

void read_tensors(const NamedTensors& tensors, Checkpoint& checkpoint) {
    const bool too_few = tensors.size() < checkpoint.settings.n_layer;  // and shapes() too many
    const std::vector<Shape> all = too_few ? std::vector<Shape>() : shapes(checkpoint.config());
    if (tensors.size() != 3 * all.size() + 1) refuse("it has other tensors than its model");
    auto next = tensors.begin();
    const auto read = [&](const std::string& name, const std::vector<std::uint64_t>& shape,
                          std::vector<double>& numbers) {
        const auto& [its_name, tensor] = *next++;
        if (its_name != name || tensor.shape != shape)
            refuse("its " + name + " is missing or of another size");
        if (!std::ranges::all_of(tensor.data, [](double x) { return std::isfinite(x); })) {
            refuse("its " + name + " has a number that is not finite");
        }
        numbers.insert(numbers.end(), tensor.data.begin(), tensor.data.end());
    };
    each_kind(checkpoint, [&](const std::string& prefix, std::vector<double>& numbers) {
        for (const auto& [name, rows, columns] : all) read(prefix + name, {rows, columns}, numbers);
    });
    read("losses", {checkpoint.adam.steps}, checkpoint.losses);
    if (std::ranges::min(checkpoint.adam.v) < 0) refuse("its mean of squares is negative");
}

// ---- The seal: a SHA-256 of the bytes, taken while zeros stand in its place

const std::string no_seal(64, '0');

std::string resealed(std::string bytes, const std::string& old_seal, const std::string& new_seal) {
    const std::size_t place = bytes.find("\"sha256\":\"" + old_seal + '"');
    if (place == std::string::npos || old_seal.size() != no_seal.size()) refuse("it has no seal");
    return bytes.replace(bytes.find(old_seal, place), no_seal.size(), new_seal);
}

}  // namespace

std::string to_bytes(const Checkpoint& checkpoint) {
    json fields;
    each_field(checked(checkpoint), [&](const char* key, const auto& x) { fields[key] = x; });
    const std::string bytes =
        to_safetensors({{{"format", "pt"}, {"microgpt", fields.dump()}, {"sha256", no_seal}},
                        tensors_of(checkpoint)});
    return resealed(bytes, no_seal, sha256_of(bytes));
}

Checkpoint from_bytes(const std::string& bytes) try {
    Safetensors file = from_safetensors(bytes);
    Checkpoint checkpoint = read_description(file.metadata["microgpt"]);
    check_description(checkpoint);
    read_tensors(file.tensors, checkpoint);
    const std::string& seal = file.metadata["sha256"];
    if (sha256_of(resealed(bytes, seal, no_seal)) != seal) refuse("it was changed or damaged");
    return checkpoint;
} catch (const std::logic_error& error) {  // of what is misused elsewhere
    refuse(error.what());
}

Checkpoint load_checkpoint(const std::filesystem::path& file) try {
    return from_bytes(read_file(file));
} catch (const FormatError& error) {
    throw FormatError(file.string() + " is no checkpoint to go on from: " + error.what());
}

}  // namespace microgpt
