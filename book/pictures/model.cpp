// The model: trained on the engine that gives the same digits on every machine.
#include "model.hpp"

#include <stdexcept>

#include "microgpt/data/dataset.hpp"
#include "microgpt/run/engines.hpp"

namespace microgpt::pictures {

std::vector<double> Model::next(std::string_view text, double temperature) const {
    const std::unique_ptr<Reader> reader = engine->reader(1);
    const Index bos = tokenizer.bos();
    std::span<const double> shares = reader->read_probabilities({&bos, 1}, temperature);
    for (const Index token : tokenizer.tokens(text)) {
        shares = reader->read_probabilities({&token, 1}, temperature);
    }
    return {shares.begin(), shares.end()};
}

std::vector<std::string> Model::names() const {
    std::vector<std::string> names = tokenizer.characters();
    names.emplace_back("·");
    return names;
}

Model model_after(Index steps) {
    Random random(42);
    std::vector<std::string_view> documents = load_names(stderr);
    random.shuffle(documents);
    Tokenizer tokenizer(documents);
    auto engine =
        engine_kind({.name = "flat"}).make({.config = {.vocab_size = tokenizer.vocab_size()}}, [&] {
            return random.gauss(0, 0.08);
        });
    for (Index step = 0; step < steps; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(documents[step]);
        engine->step({&tokens, 1}, linear_decay(step, 1000));
    }
    return {documents, std::move(tokenizer), std::move(engine), random};
}

std::vector<double> matrix_of(const Engine& engine, const std::string& name) {
    const std::vector<double> parameters = engine.parameters();
    auto begin = parameters.begin();
    for (const Shape& shape : shapes(engine.config())) {
        const auto end = begin + std::ptrdiff_t{shape.rows} * shape.columns;
        if (shape.name == name) return {begin, end};
        begin = end;
    }
    throw std::out_of_range("the model has no matrix " + name);
}

}  // namespace microgpt::pictures
