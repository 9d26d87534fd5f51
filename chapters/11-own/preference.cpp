// Preference: the loss of a pair, and the steps down it.
#include "preference.hpp"

#include "microgpt/training/adam.hpp"
#include "microgpt/training/trainer.hpp"

namespace microgpt {

Value log_share(const Gpt& gpt, const std::vector<Index>& name) {
    return -static_cast<double>(positions_read(gpt.config(), name)) * document_loss(gpt, name);
}

std::vector<Shares> shares(const Gpt& gpt, const std::vector<Pair>& pairs) {
    std::vector<Shares> all;
    for (const auto& [preferred, other] : pairs) {
        const Tape::Scope scope;
        all.push_back({log_share(gpt, preferred).data(), log_share(gpt, other).data()});
    }
    return all;
}

Value preference_loss(Value preferred, Value other, const Shares& reference, double beta) {
    const Value gained = preferred - reference.preferred;
    const Value other_gained = other - reference.other;
    return log(1 + exp(-beta * (gained - other_gained)));  // which is -log sigmoid
}

void prefer(const Gpt& gpt, const std::vector<Pair>& pairs, const PreferenceOptions& options) {
    const std::vector<Shares> reference = shares(gpt, pairs);
    Adam adam(gpt.parameters(), {.learning_rate = options.learning_rate});
    std::size_t next = 0;
    for (Index step = 0; step < options.steps; ++step) {
        const auto [loss, gradients] = differentiate([&] {
            return mean_loss(options.batch, [&](std::size_t) {
                const std::size_t i = next++ % pairs.size();
                return preference_loss(log_share(gpt, pairs[i].preferred),
                                       log_share(gpt, pairs[i].other), reference[i], options.beta);
            });
        });
        adam.step(gradients, linear_decay(step, options.steps));
    }
}

}  // namespace microgpt
