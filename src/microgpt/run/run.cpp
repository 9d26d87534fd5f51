// Run: load, draw, step, save, go on.
#include "microgpt/run/run.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "microgpt/engines/sampler.hpp"
#include "microgpt/run/memory.hpp"
#include "microgpt/run/prompt.hpp"

namespace microgpt {

// ---- Beginning

Run::Run(const EngineKind& kind, const Settings& settings, Dataset data,
         const VocabularyKind& tokens)
    : settings_(checked(settings)),
      recipe_(&recipe_of(settings.recipe)),
      draws_(recipe_->draws(settings.seed)),
      corpus_(std::move(data), *recipe_, *draws_, settings_, tokens),
      data_(corpus_.description()),
      tokens_(tokens),
      vocabulary_(corpus_.vocabulary()),
      tokenizer_(tokens.tokenizer(vocabulary_, {settings_.tokens, recipe_->split})),
      kind_(kind),
      engine_(make([this] { return draws_->normal(recipe_->sigma); })),
      notes_(corpus_.notes(tokenizer_, settings_.block_size)) {}

Run::Run(const EngineKind& kind, const Checkpoint& checkpoint, const VocabularyKind& tokens)
    : settings_(checked(checkpoint).settings),
      recipe_(&recipe_of(settings_.recipe)),
      draws_(recipe_->draws(settings_.seed)),
      data_(checkpoint.data),
      tokens_(tokens),
      vocabulary_(checkpoint.vocabulary),
      tokenizer_(tokens.tokenizer(vocabulary_, {settings_.tokens, recipe_->split})),
      kind_(kind),
      engine_(make([] { return 0.0; })),
      losses_(checkpoint.losses) {
    engine_->restore(checkpoint.parameters, checkpoint.adam);
    draws_->restore(checkpoint.random);
}

/// The documents have to come in the same order again: the text has to be the same, and the draws
/// are made once more from the seed.
void Run::load(Dataset data) {
    computer();
    VocabularyKind tokens = tokens_;
    if (settings_.tokens > 0) tokens.learn = [this](auto&&...) { return vocabulary_; };
    Corpus corpus(std::move(data), *recipe_, *recipe_->draws(settings_.seed), settings_, tokens);
    if (!vocabulary_.holds(corpus.vocabulary())) {
        throw DataError("the checkpoint has another vocabulary than " + corpus.dataset().name);
    }
    require_memory(kind_.bytes_needed(training_on(corpus)));
    notes_ = corpus.notes(tokenizer_, settings_.block_size);
    corpus_ = std::move(corpus);
}

TrainingConfig Run::training_on(const Corpus& corpus) const {
    const std::size_t longest = std::min<std::size_t>(corpus.longest(), settings_.block_size);
    return {.config = settings_.config(tokenizer_.vocab_size()),
            .learning_rate = settings_.learning_rate,
            .longest = static_cast<Index>(longest),
            .batch = settings_.batch};
}

std::unique_ptr<Engine> Run::make(const Draw& draw) const {
    const TrainingConfig training = training_on(corpus_);
    require_memory(kind_.bytes_needed(training));
    return kind_.make(training, draw);
}

// ---- Going on

double Run::step() try {
    Engine& engine = computer();
    if (done()) throw std::logic_error("the run is done: give it more steps");
    const std::span<const std::string_view> docs = corpus_.training();
    if (docs.empty()) throw std::logic_error("there is no data to go on with: load() it");
    const Index step = static_cast<Index>(losses_.size());
    const std::size_t most = std::size_t{settings_.block_size} + 1;
    std::vector<std::vector<Index>> batch(settings_.batch);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i] = tokenizer_.encode(docs[(step * batch.size() + i) % docs.size()], most);
    }
    if (losses_.size() == losses_.capacity()) losses_.reserve(2 * losses_.size() + 64);  // or never
    const double loss = engine.step(batch, linear_decay(step, settings_.steps));
    if (step == 0 && recipe_->order != nullptr) engine.rearrange(recipe_->order(engine.config()));
    losses_.push_back(loss);
    return loss;
} catch (const NumberError& error) {
    throw with_advice("step " + std::to_string(losses_.size() + 1), error);
}

void Run::train(const OnStep& on_step) {
    for (bool goes_on = true; goes_on && !done();) {
        const double loss = step();
        if (on_step) goes_on = on_step(static_cast<Index>(losses_.size()), loss);
    }
}

NumberError Run::with_advice(const std::string& when, const NumberError& error) const {
    const std::vector<double> p = engine_->parameters();
    const auto size = [](double x) { return std::isfinite(x) ? std::abs(x) : HUGE_VAL; };
    const auto largest = std::ranges::max_element(p, {}, size);
    const std::string name =
        parameter_name(engine_->config(), static_cast<std::size_t>(largest - p.begin()));
    char value[32];
    std::snprintf(value, sizeof value, "%g", *largest);
    const std::string why = std::isfinite(*largest)
                                ? "the largest parameter is " + name + " = " + value
                                : "the parameter " + name + " is no finite number any more";
    return NumberError(when + ": the numbers make no sense any more (" + error.what() + "; " + why +
                       "): choose a smaller learning rate");
}

Checkpoint Run::checkpoint() const try {
    const Index bos = tokenizer_.bos();
    softmax(computer().reader(1)->read({&bos, 1}), 1);  // throws where a number is none
    return {settings_,      data_, vocabulary_, draws_->state(), losses_, engine_->parameters(),
            engine_->adam()};
} catch (const NumberError& error) {
    throw with_advice("after step " + std::to_string(losses_.size()), error);
}

// ---- Left to itself

std::vector<Index> Run::encode(const std::string& prompt) const {
    computer();  // throws where there is none
    return prompt_tokens(prompt, tokenizer_, settings_.block_size);
}

std::vector<std::string> Run::generate(const GenerateOptions& options) try {
    std::vector<std::unique_ptr<Draws>> own(options.side_by_side > 1 ? options.count : 0);
    for (std::unique_ptr<Draws>& draws : own) draws = document_draws(names_seed_, invented_++);
    const std::unique_ptr<Draws>& shared = names_draws_ ? names_draws_ : draws_;
    const ChooseFor choose = [&](std::size_t document, std::span<const double> weights) {
        return (own.empty() ? shared : own[document])->choose(weights);
    };
    const SampleOptions asked = {.temperature = options.temperature,
                                 .prompt = encode(options.prompt),
                                 .count = options.count,
                                 .side_by_side = options.side_by_side,
                                 .top_k = options.top_k,
                                 .top_p = options.top_p};
    std::vector<std::string> documents;
    for (const std::vector<Index>& tokens : sample(computer(), choose, asked)) {
        documents.push_back(tokenizer_.decode(tokens));
    }
    if (own.empty()) invented_ += documents.size();
    return documents;
} catch (const NumberError& error) {
    throw with_advice("after step " + std::to_string(losses_.size()), error);
}

}  // namespace microgpt
