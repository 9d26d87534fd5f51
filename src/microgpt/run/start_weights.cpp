// Start weights: each matrix looked up by its name, each row by its token.
#include "microgpt/run/start_weights.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "microgpt/files/magic.hpp"

namespace microgpt {

namespace {

std::string in_words(const std::vector<std::uint64_t>& shape) {
    std::string words;
    for (const std::uint64_t length : shape) {
        words += (words.empty() ? "" : " x ") + std::to_string(length);
    }
    return words;
}

/// Where the row of each of a run's tokens is found, BOS the last; the number of rows for none.
std::vector<std::size_t> rows_of(const Vocabulary& known, const Run& run) {
    const std::vector<std::string>& tokens = run.vocabulary().tokens;
    std::vector<std::size_t> rows;
    std::map<std::string_view, std::size_t> places;
    for (const std::string& token : known.tokens) places.emplace(token, places.size());
    for (const std::string& token : tokens) {
        const auto found = places.find(token);
        rows.push_back(found == places.end() ? places.size() + 1 : found->second);
    }
    rows.push_back(places.size());
    return rows;
}

/// The numbers of a matrix in the place of those that were drawn for it.
void put(const StartWeights& weights, const std::map<std::string_view, const Tensor*>& named,
         const Run& run, const Shape& shape, double* drawn) {
    const auto refuse = [&](const std::string& why) {
        throw FormatError(weights.name + ": " + shape.name + " " + why);
    };
    const auto found = named.find(shape.name);
    if (found == named.end()) {
        const bool is_of_layer = shape.name.starts_with("layer");
        refuse(is_of_layer ? "is missing: is it a model of fewer layers?" : "is missing");
    }
    const auto& [size, data] = *found->second;
    const bool is_by_token = shape.name == "wte" || shape.name == "lm_head";
    const bool moves = is_by_token && !weights.vocabulary.tokens.empty();
    const std::uint64_t rows = moves ? weights.vocabulary.tokens.size() + 1 : shape.rows;
    if (size != std::vector<std::uint64_t>{rows, shape.columns}) {
        refuse("is " + in_words(size) + ", and " + in_words({rows, shape.columns}) +
               " is needed: give the sizes that it was trained with");
    }
    if (!std::ranges::all_of(data, [](double x) { return std::isfinite(x); })) {
        refuse("has a number that is not finite");
    }
    if (!moves) {
        std::ranges::copy(data, drawn);
        return;
    }
    for (const std::size_t row : rows_of(weights.vocabulary, run)) {
        const auto from = data.begin() + static_cast<std::ptrdiff_t>(row * shape.columns);
        if (row < rows) std::copy_n(from, shape.columns, drawn);
        drawn += shape.columns;
    }
}

/// Tokens of one kind can't stand for those of another.
void require_same_kind(const std::string& name, Index had, const Vocabulary& known,
                       const VocabularyKind::Wish& wish) {
    if (wish.tokens != had) {
        throw FormatError(name + ": it was trained with tokens = " + std::to_string(had) +
                          ", not " + std::to_string(wish.tokens));
    }
    for (const std::string& token : known.tokens) {
        if (had > 0 || wish.split(token) == token) continue;
        throw FormatError(name + ": '" + token +
                          "' is one of its characters, and several by this recipe: give the one "
                          "that it was trained with");
    }
}

}  // namespace

StartWeights read_start_weights(const std::string& bytes, const std::string& name) try {
    Safetensors file = from_safetensors(bytes);
    StartWeights weights = {.name = name, .tensors = std::move(file.tensors)};
    if (const auto found = file.metadata.find("microgpt"); found != file.metadata.end()) {
        const Checkpoint said = read_description(found->second);
        weights.is_checkpoint = true;
        weights.settings = said.settings;
        weights.vocabulary = said.vocabulary;
    }
    return weights;
} catch (const std::exception& error) {
    const std::string advice(bytes.empty() ? "it is empty" : advice_on(bytes));
    throw FormatError(name + ": " + (advice.empty() ? error.what() : advice));
}

Settings with_sizes(Settings settings, const StartWeights& weights) {
    if (!weights.is_checkpoint) return settings;
    settings.n_layer = weights.settings.n_layer;
    settings.n_embd = weights.settings.n_embd;
    settings.n_head = weights.settings.n_head;
    settings.block_size = weights.settings.block_size;
    settings.tokens = weights.settings.tokens;
    settings.recipe = weights.settings.recipe;
    return settings;
}

VocabularyKind tokens_for(const StartWeights& weights, const VocabularyKind& kind) {
    if (weights.vocabulary.tokens.empty()) return kind;
    VocabularyKind tokens = kind;
    tokens.learn = [kind, name = weights.name, had = weights.settings.tokens,
                    known = weights.vocabulary](const auto& documents, std::size_t trained,
                                                VocabularyKind::Wish wish) {
        require_same_kind(name, had, known, wish);
        if (wish.tokens > 0) return known;
        const Vocabulary learned = kind.learn(documents, trained, wish);
        Vocabulary both;
        std::ranges::set_union(known.tokens, learned.tokens, std::back_inserter(both.tokens));
        return both;
    };
    tokens.tokenizer = [kind, name = weights.name](const auto& vocabulary, auto wish) {
        try {
            return kind.tokenizer(vocabulary, wish);
        } catch (const DataError& error) {
            throw FormatError(name + ": " + error.what());
        }
    };
    return tokens;
}

void begin_with(Run& run, const StartWeights& weights) {
    std::map<std::string_view, const Tensor*> named;
    for (const auto& [name, tensor] : weights.tensors) named.emplace(name, &tensor);
    std::vector<double> parameters = run.engine().parameters();
    double* next = parameters.data();
    for (const Shape& shape : shapes(run.engine().config())) {
        put(weights, named, run, shape, next);
        next += std::size_t{shape.rows} * shape.columns;
    }
    run.begin_with(parameters);
}

}  // namespace microgpt
