// Run: data, tokenizer, model, training; and names at the end.
#include "microgpt/run.hpp"

#include <cmath>
#include <stdexcept>

#include "microgpt/sampler.hpp"
#include "microgpt/trainer.hpp"

namespace microgpt {

Trained run(const Options& options) {
    std::unique_ptr<Recipe> recipe = make_recipe(options.recipe, options.seed);
    const Dataset dataset = load_dataset(options.data);
    const std::vector<std::string> docs = recipe->documents(dataset.text, dataset.name);
    const Tokenizer tokenizer(docs, recipe->split());
    const GptConfig config = {tokenizer.vocab_size(), options.n_layer, options.n_embd,
                              options.n_head, options.block_size};
    const Gpt gpt(config, [&] { return recipe->weight(); });
    Adam adam(gpt.parameters(), {.learning_rate = options.learning_rate});
    if (options.on_start) {
        options.on_start({docs.size(), gpt.parameters().size(), tokenizer, dataset.note});
    }

    std::vector<double> losses;
    for (Index step = 0; step < options.steps; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step % docs.size()]);
        const auto [loss, gradients] = differentiate(gpt, tokens);
        if (!std::isfinite(loss)) {
            throw std::runtime_error("the loss of step " + std::to_string(step + 1) +
                                     " is not a number any more: choose a smaller learning rate");
        }
        adam.step(gradients, linear_decay(step, options.steps));
        recipe->after_step(step, gpt, adam);
        losses.push_back(loss);
        if (options.on_step) options.on_step(step, loss);
    }
    return {{gpt, std::move(recipe)}, tokenizer, losses, dataset.note};
}

std::vector<Index> encode_prompt(const Tokenizer& tokenizer, Index block_size,
                                 const std::string& prompt) {
    std::vector<Index> tokens = tokenizer.tokens(prompt);
    if (tokens.size() >= block_size) {
        throw DataError("the prompt '" + prompt +
                        "' leaves no room for more: make it shorter than " +
                        std::to_string(block_size) + " characters");
    }
    return tokens;
}

std::vector<std::string> generate(Model& model, const Tokenizer& tokenizer, int count,
                                  double temperature, const std::string& prompt) {
    const Index block_size = model.gpt.config().block_size;
    const std::vector<Index> start = encode_prompt(tokenizer, block_size, prompt);
    const Choose choose = [&](std::span<const double> weights) {
        return model.recipe->choose(weights);
    };
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        names.push_back(tokenizer.decode(sample(model.gpt, choose, temperature, start)));
    }
    return names;
}

}  // namespace microgpt
