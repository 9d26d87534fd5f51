// Run: load, draw, step, save, go on.
#include "microgpt/run/run.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "microgpt/files/sha256.hpp"
#include "microgpt/run/memory.hpp"
#include "microgpt/run/sampler.hpp"

namespace microgpt {

// ---- Beginning

Run::Run(const Settings& settings, const DatasetOptions& data, const EngineKind& kind)
    : settings_(settings),
      recipe_(make_recipe(settings.recipe, settings.seed)),
      dataset_(load_dataset(data)),
      docs_(recipe_->documents(dataset_.text, dataset_.name)),
      data_({std::filesystem::path(dataset_.name).filename(), sha256_of(dataset_.text),
             docs_.size()}),
      tokenizer_(docs_, recipe_->split()),
      engine_(make(kind, [this] { return recipe_->weight(); })) {
    note_data();
}

Run::Run(const Checkpoint& checkpoint, const EngineKind& kind)
    : settings_(checkpoint.settings),
      recipe_(make_recipe(settings_.recipe, settings_.seed)),
      data_(checkpoint.data),
      tokenizer_({checkpoint.vocabulary.begin(), checkpoint.vocabulary.end()}, recipe_->split()),
      engine_(make(kind, [] { return 0.0; })),
      losses_(checkpoint.losses) {
    engine_->restore(checkpoint.parameters, checkpoint.adam);
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

/// A character is a byte at the least, so bytes will do for the length of the longest document.
std::unique_ptr<Engine> Run::make(const EngineKind& kind, const Draw& draw) const {
    std::size_t longest = 0;
    for (const std::string_view doc : docs_) longest = std::max(longest, doc.size() + 1);
    const TrainingConfig training = {
        .config = {tokenizer_.vocab_size(), settings_.n_layer, settings_.n_embd, settings_.n_head,
                   settings_.block_size},
        .learning_rate = settings_.learning_rate,
        .longest = static_cast<Index>(std::min<std::size_t>(longest, settings_.block_size)),
        .batch = settings_.batch};
    require_memory(kind.bytes_needed(training));
    return kind.make(training, draw);
}

// ---- Going on

double Run::step() try {
    if (done()) throw std::logic_error("the run is done: give it more steps");
    if (docs_.empty()) throw std::logic_error("there is no data to go on with: load() it");
    const Index step = static_cast<Index>(losses_.size());
    const std::size_t most = std::size_t{settings_.block_size} + 1;
    std::vector<std::vector<Index>> batch(settings_.batch);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const std::size_t doc = (step * batch.size() + i) % docs_.size();
        batch[i] = tokenizer_.encode(docs_[doc], most);
    }
    const double loss = engine_->step(batch, linear_decay(step, settings_.steps));
    recipe_->after_step(step, *engine_);
    losses_.push_back(loss);
    return loss;
} catch (const NumberError& error) {
    throw with_advice("step " + std::to_string(losses_.size() + 1), error);
}

NumberError Run::with_advice(const std::string& when, const NumberError& error) const {
    const std::vector<double> p = engine_->parameters();
    const auto largest = std::ranges::max_element(p, {}, [](double x) { return std::abs(x); });
    std::ostringstream message;
    message << when << ": " << error.what() << " (the largest parameter is "
            << parameter_name(engine_->config(), static_cast<std::size_t>(largest - p.begin()))
            << " = " << *largest << "): choose a smaller learning rate";
    return NumberError(message.str());
}

Checkpoint Run::checkpoint() const try {
    const Index bos = tokenizer_.bos();
    softmax(engine_->reader(1)->read({&bos, 1}), 1);  // throws where a number is none
    return {settings_,        data_,   tokenizer_.characters(),
            recipe_->state(), losses_, engine_->parameters(),
            engine_->adam()};
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

std::vector<std::string> Run::generate(std::size_t count, double temperature,
                                       const std::string& prompt, std::size_t side_by_side) try {
    const std::vector<Index> start = encode(prompt);
    const Choose choose = [&](std::span<const double> weights) { return recipe_->choose(weights); };
    std::vector<std::string> names;
    for (const std::vector<Index>& tokens :
         sample(*engine_, choose, temperature, start, count, side_by_side)) {
        names.push_back(tokenizer_.decode(tokens));
    }
    return names;
} catch (const NumberError& error) {
    throw with_advice("after step " + std::to_string(losses_.size()), error);
}

}  // namespace microgpt
