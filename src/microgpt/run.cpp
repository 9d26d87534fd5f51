// Run: load, draw, step, save, go on.
#include "microgpt/run.hpp"

#include <algorithm>
#include <cstdlib>

#include "microgpt/memory.hpp"
#include "microgpt/sampler.hpp"
#include "microgpt/sha256.hpp"
#include "microgpt/trainer.hpp"

namespace microgpt {

// ---- Beginning

Run::Run(const Settings& settings, const DatasetOptions& data)
    : settings_(settings),
      recipe_(make_recipe(settings.recipe, settings.seed)),
      dataset_(load_dataset(data)),
      docs_(recipe_->documents(dataset_.text, dataset_.name)),
      data_({std::filesystem::path(dataset_.name).filename(), sha256_of(dataset_.text),
             docs_.size()}),
      tokenizer_(docs_, recipe_->split()),
      gpt_(config(), [this] { return recipe_->weight(); }),
      adam_(gpt_.parameters(), {.learning_rate = settings.learning_rate}) {
    note_data();
}

Run::Run(const Checkpoint& checkpoint)
    : settings_(checkpoint.settings),
      recipe_(make_recipe(settings_.recipe, settings_.seed)),
      data_(checkpoint.data),
      tokenizer_({checkpoint.vocabulary.begin(), checkpoint.vocabulary.end()}, recipe_->split()),
      gpt_(config(), [next = checkpoint.parameters.begin()]() mutable { return *next++; }),
      adam_(gpt_.parameters(), {.learning_rate = settings_.learning_rate}),
      losses_(checkpoint.losses) {
    adam_.restore(checkpoint.adam);
    recipe_->restore(checkpoint.random);
}

/// The documents have to come in the same order again: the text has to be the same, and the draws
/// are made once more from the seed.
void Run::load(DatasetOptions data) {
    if (!data.sha256.empty() && data.sha256 != data_.sha256) {
        throw DataError("the checkpoint was trained on " + data_.name + ", whose SHA-256 is " +
                        data_.sha256);
    }
    data.sha256 = data_.sha256;
    if (data.sha256 != names_sha256 && std::getenv("MICROGPT_DATA_URL") == nullptr) {
        data.offline = true;  // nobody else has it
    }
    try {
        Dataset sample = embedded_sample();
        const bool was_sample = data.file.empty() && sha256_of(sample.text) == data_.sha256;
        dataset_ = was_sample ? std::move(sample) : load_dataset(data);
    } catch (const std::runtime_error& error) {
        throw DataError("the checkpoint was trained on " + data_.name +
                        ", which training has to go on with: " + error.what());
    }
    docs_ = make_recipe(settings_.recipe, settings_.seed)->documents(dataset_.text, dataset_.name);
    if (Tokenizer(docs_, recipe_->split()).characters() != tokenizer_.characters()) {
        throw DataError("the checkpoint has another vocabulary than " + dataset_.name);
    }
    note_data();
}

void Run::note_data() {
    if (!dataset_.note.empty()) notes_.push_back(dataset_.note);
    const std::size_t most = settings_.block_size;
    const auto is_longer = [&](std::string_view doc) {
        return doc.size() > most && tokenizer_.tokens(doc, most + 1).size() > most;
    };
    if (const auto longer = std::ranges::count_if(docs_, is_longer); longer > 0) {
        notes_.push_back(std::to_string(longer) + " of " + std::to_string(docs_.size()) +
                         " documents are longer than block_size: of these the first " +
                         std::to_string(most) + " characters are read");
    }
}

/// A character is a byte at the least, so bytes will do to see whether there is memory enough.
GptConfig Run::config() const {
    const GptConfig config = {tokenizer_.vocab_size(), settings_.n_layer, settings_.n_embd,
                              settings_.n_head, settings_.block_size};
    std::size_t longest = 0;
    for (const std::string_view doc : docs_) longest = std::max(longest, doc.size() + 1);
    require_memory(config, static_cast<Index>(std::min<std::size_t>(longest, config.block_size)));
    return config;
}

// ---- Going on

double Run::step() try {
    if (done()) throw std::logic_error("the run is done: give it more steps");
    if (docs_.empty()) throw std::logic_error("there is no data to go on with: load() it");
    const Index step = static_cast<Index>(losses_.size());
    const std::size_t most = std::size_t{settings_.block_size} + 1;
    const auto [loss, gradients] =
        differentiate(gpt_, tokenizer_.encode(docs_[step % docs_.size()], most));
    adam_.step(gradients, linear_decay(step, settings_.steps));
    recipe_->after_step(step, gpt_, adam_);
    losses_.push_back(loss);
    return loss;
} catch (const NumberError& error) {
    throw with_advice("step " + std::to_string(losses_.size() + 1), error);
}

NumberError Run::with_advice(const std::string& when, const NumberError& error) const {
    return NumberError(when + ": " + error.what() + " (the largest parameter is " +
                       largest_parameter(gpt_) + "): choose a smaller learning rate");
}

Checkpoint Run::checkpoint() const try {
    {
        const Tape::Scope scope;
        Gpt::Context context = gpt_.empty_context();
        softmax(gpt_(tokenizer_.bos(), context));  // throws where a number is none
    }
    const std::span<const double> parameters = gpt_.parameters().data();
    return {settings_,        data_,   tokenizer_.characters(),
            recipe_->state(), losses_, {parameters.begin(), parameters.end()},
            adam_.state()};
} catch (const NumberError& error) {
    throw with_advice("after step " + std::to_string(losses_.size()), error);
}

// ---- Left to itself

std::vector<Index> Run::encode(const std::string& prompt) const {
    require_utf8(prompt, "the prompt");
    std::vector<Index> tokens = tokenizer_.tokens(prompt);
    if (tokens.size() >= settings_.block_size) {
        throw DataError("the prompt '" + prompt +
                        "' leaves no room for more: make it shorter than " +
                        std::to_string(settings_.block_size) + " characters");
    }
    return tokens;
}

std::vector<std::string> Run::generate(int count, double temperature,
                                       const std::string& prompt) try {
    const std::vector<Index> start = encode(prompt);
    const Choose choose = [&](std::span<const double> weights) { return recipe_->choose(weights); };
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        names.push_back(tokenizer_.decode(sample(gpt_, choose, temperature, start)));
    }
    return names;
} catch (const NumberError& error) {
    throw with_advice("after step " + std::to_string(losses_.size()), error);
}

}  // namespace microgpt
