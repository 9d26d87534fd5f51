// Checkpoint, as a safetensors file with a seal.
#include "microgpt/run/checkpoint.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "microgpt/files/file.hpp"
#include "microgpt/files/magic.hpp"
#include "microgpt/files/sha256.hpp"

namespace microgpt {

namespace {

[[noreturn]] void refuse(const std::string& why) { throw FormatError(why); }

// ---- The tensors: each matrix three times, with a prefix to its name, and the losses

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
            const auto size = static_cast<std::ptrdiff_t>(std::size_t{rows} * columns);
            const auto begin = std::exchange(next, next + size);
            tensors.push_back({prefix + name, {{rows, columns}, {begin, next}}});
        }
    });
    tensors.push_back({"losses", {{checkpoint.losses.size()}, checkpoint.losses}});
    return tensors;
}

void read_tensors(NamedTensors tensors, Checkpoint& checkpoint) {
    const bool too_few = tensors.size() < checkpoint.settings.n_layer;  // and shapes() too many
    const std::vector<Shape> all = too_few ? std::vector<Shape>() : shapes(checkpoint.config());
    if (tensors.size() != 3 * all.size() + 1) refuse("it has other tensors than its model");
    const std::map<std::string, Tensor> named(std::move_iterator(tensors.begin()),
                                              std::move_iterator(tensors.end()));
    const auto read = [&](const std::string& name, const std::vector<std::uint64_t>& shape,
                          std::vector<double>& numbers) {
        const auto found = named.find(name);
        if (found == named.end() || found->second.shape != shape) {
            refuse("its " + name + " is missing or of another size");
        }
        const Tensor& tensor = found->second;
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

/// The seal: a SHA-256 of the file as it is written here, while zeros stand in its place. So it
/// still fits after somebody has read the file and written it in another order, as Python's library
/// does.
std::string seal_of(Safetensors& file) {
    file.metadata["sha256"] = std::string(64, '0');
    return sha256_of(to_safetensors(file));
}

/// Whether somebody has changed every end of a line to CRLF, or what is no UTF-8 to U+FFFD.
bool was_text(const std::string& bytes) {
    if (bytes.find("\uFFFD\uFFFD", bytes.size() / 2) != std::string::npos) return true;
    std::size_t ends = 0;
    for (auto i = bytes.find('\n'); i != std::string::npos; i = bytes.find('\n', i + 1)) {
        if (i == 0 || bytes[i - 1] != '\r') return false;
        ++ends;
    }
    return ends > 0;
}

Safetensors opened(const std::string& bytes) try {
    Safetensors file = from_safetensors(bytes);
    if (file.metadata.contains("microgpt")) return file;
    refuse("it does not say what was trained");
} catch (const FormatError& error) {
    const bool is_ours = bytes.find("\"microgpt\":") != std::string::npos;
    if (is_ours && was_text(bytes)) refuse("it was taken for text on its way: copy it as binary");
    if (is_ours) throw;
    if (bytes.empty()) refuse("not a microgpt checkpoint: it is empty");
    const std::string advice(advice_on(bytes));
    refuse("not a microgpt checkpoint: " + (advice.empty() ? error.what() : advice));
}

}  // namespace

std::string to_bytes(const Checkpoint& checkpoint) {
    Safetensors file = {{{"format", "pt"}, {"microgpt", describe(checked(checkpoint))}},
                        tensors_of(checkpoint)};
    file.metadata["sha256"] = seal_of(file);
    return to_safetensors(file);
}

Checkpoint from_bytes(const std::string& bytes) try {
    Safetensors file = opened(bytes);
    Checkpoint checkpoint = read_description(file.metadata["microgpt"]);
    read_tensors(std::move(file.tensors), checkpoint);
    file.tensors = tensors_of(checkpoint);  // in order
    const std::string seal = file.metadata["sha256"];
    if (seal_of(file) != seal) refuse("it was changed since it was saved");
    return checkpoint;
} catch (const std::logic_error& error) {  // of what is misused elsewhere
    refuse(error.what());
}

std::filesystem::path milestone(const std::filesystem::path& pattern, Index steps) {
    std::string name = pattern.filename().string();
    const auto is_letter = [](char c) { return ('a' <= (c | 32) && (c | 32) <= 'z') || c == '_'; };
    for (std::size_t open = 0; (open = name.find('{', open)) != std::string::npos; ++open) {
        std::size_t close = open + 1;
        while (close < name.size() && is_letter(name[close])) ++close;
        if (close == open + 1 || close == name.size() || name[close] != '}') continue;
        const std::string word = name.substr(open, close + 1 - open);
        if (word != "{step}") {
            throw std::invalid_argument("'" + name + "' has a " + word + ": only {step} is known");
        }
        name.replace(open, word.size(), std::to_string(steps));
    }
    return pattern.parent_path() / name;
}

Checkpoint from_bytes(const std::string& bytes, const std::string& file) try {
    return from_bytes(bytes);
} catch (const FormatError& error) {
    throw FormatError(called(file) + ": " + error.what());
}

Checkpoint load_checkpoint(const std::filesystem::path& file) {
    return from_bytes(read_file(file), file);
}

}  // namespace microgpt
