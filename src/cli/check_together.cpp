// Flags held against each other, and against a checkpoint.
#include "check_together.hpp"

#include <sstream>
#include <stdexcept>

#include "check_files.hpp"
#include "microgpt/engines/candidates.hpp"

namespace microgpt {

namespace {

[[noreturn]] void refuse(const std::string& flag, const std::string& why) {
    throw std::invalid_argument(flag + ": " + why);
}

/// Checkpoints one after the other would make no file.
void check_save_every(const Arguments& arguments) {
    if (arguments.save_every == 0) return;
    if (arguments.save.empty()) refuse("--save-every", "needs a file to write to: add --save FILE");
    if (arguments.save != "-") return;
    refuse("--save-every", "standard output takes one checkpoint, the last");
}

/// By the library's checks, in its words, with the flags as they are typed.
void check_values(const Arguments& arguments) try {
    if (arguments.load.empty()) checked(arguments.settings);  // or they are the checkpoint's
    require_top_p(arguments.top_p);
    milestone(arguments.save, 0);
} catch (const std::invalid_argument& error) {
    std::string words = error.what();
    for (const std::string flag : {"--n-embd", "--n-head"}) {
        const std::string name = "n_" + flag.substr(4);
        if (const auto at = words.find(name); at != words.npos) words.replace(at, 6, flag);
    }
    throw std::invalid_argument(words);
}

/// The slower engines are for reading.
void check_engine(const EngineChoice& engine) {
    if (engine.name == "fast") return;
    if (engine.dtype != "f64") refuse("--dtype", "f32 is for --engine fast alone");
    if (engine.threads != 1) refuse("--threads", "more than one are for --engine fast alone");
}

/// The number of steps and the learning rate may be others than the checkpoint's. The rest decided
/// the numbers that are in it.
void check_loaded(const Settings& asked, const Checkpoint& loaded) {
    const auto same = [](const char* flag, auto wanted, auto had) {
        std::ostringstream why;
        why << "the checkpoint has " << had << ", not " << wanted << ": leave this flag out";
        if (wanted != had) refuse(flag, why.str());
    };
    const Settings& kept = loaded.settings;
    same("--recipe", asked.recipe, kept.recipe);
    same("--seed", asked.seed, kept.seed);
    same("--n-embd", asked.n_embd, kept.n_embd);
    same("--n-head", asked.n_head, kept.n_head);
    same("--n-layer", asked.n_layer, kept.n_layer);
    same("--block-size", asked.block_size, kept.block_size);
    same("--batch", asked.batch, kept.batch);
    same("--held-out", asked.held_out, kept.held_out);
    same("--tokens", asked.tokens, kept.tokens);
    if (asked.stream && !kept.stream) refuse("--stream", "the checkpoint read one document a line");
    if (asked.steps != 0 && asked.steps < loaded.losses.size()) {
        refuse("--steps", "the checkpoint has done " + std::to_string(loaded.losses.size()) +
                              " already: ask for more, or for 0 to invent names at once");
    }
}

/// Rows belong to tokens, and those of one kind can't stand for those of another.
void check_weights(const Settings& asked, const StartWeights& weights) {
    if (!weights.is_checkpoint || asked.tokens == weights.settings.tokens) return;
    refuse("--tokens", "the weights have " + std::to_string(weights.settings.tokens) + ", not " +
                           std::to_string(asked.tokens) + ": leave this flag out");
}

}  // namespace

void check_together(const Arguments& arguments, const Checkpoint* loaded,
                    const StartWeights* weights) {
    check_values(arguments);
    check_files(arguments);
    if (!arguments.weights.empty() && !arguments.load.empty()) {
        refuse("--weights", "--load has weights of its own: leave one of them out");
    }
    check_save_every(arguments);
    check_engine(arguments.engine);
    if (loaded != nullptr) check_loaded(arguments.settings, *loaded);
    if (weights != nullptr) check_weights(arguments.settings, *weights);
}

}  // namespace microgpt
