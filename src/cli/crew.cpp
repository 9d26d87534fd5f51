// Crew: an engine of all ranks, and names from each.
#include "crew.hpp"

#include <cstring>
#include <stdexcept>

#include "microgpt/engines/fast/fast_weights.hpp"

namespace microgpt {

namespace {

// Names may have any byte in them, so each comes after its length.

std::string packed(const std::vector<std::string>& names) {
    std::string bytes;
    for (const std::string& name : names) bytes += std::to_string(name.size()) + " " + name;
    return bytes;
}

void unpack(const std::string& bytes, std::vector<std::string>& names) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t blank = bytes.find(' ', at);
        const std::size_t size = std::stoull(bytes.substr(at, blank - at));
        names.push_back(bytes.substr(blank + 1, size));
        at = blank + 1 + size;
    }
}

}  // namespace

EngineKind Crew::engine(const EngineChoice& choice) {
    if (choice.name != "fast") {
        throw std::invalid_argument("--engine: many ranks share the work of the fast engine alone");
    }
    EngineKind kind = choice.dtype == "f32" ? sharded_kind<float>(ranks_, choice.threads)
                                            : sharded_kind<double>(ranks_, choice.threads);
    kind.make = [this, make = kind.make](const TrainingConfig& training, const Draw& draw) {
        std::unique_ptr<Engine> engine = make(training, draw);
        engine_ = dynamic_cast<ClusterEngine*>(engine.get());
        return engine;
    };
    return kind;
}

/// One after the other, they are the first's; side by side, each rank invents a part of them.
std::vector<std::string> Crew::generate(Run& run, const GenerateOptions& options) {
    std::vector<std::string> names;
    if (options.side_by_side == 1) {
        if (is_first()) names = run.generate(options);
        if (!is_first()) run.skip(options.count);
    } else {
        GenerateOptions part = options;
        const auto [first, last] = Part{ranks_.rank(), size()}.of(options.count);
        part.count = last - first;
        run.skip(first);
        const std::vector<std::string> own = run.generate(part);
        run.skip(options.count - last);
        for (const std::string& bytes : ranks_.gather(packed(own))) unpack(bytes, names);
    }
    ranks_.agree();
    names.resize(options.count);
    return names;
}

std::vector<Evaluation> Crew::evaluate(const Run& run,
                                       std::span<const std::span<const std::string_view>> pieces,
                                       std::size_t side_by_side) {
    std::vector<Evaluation> all;
    std::string own;
    if (ranks_.rank() < pieces.size()) {
        const Evaluation one = microgpt::evaluate(run, pieces[ranks_.rank()], side_by_side);
        own.assign(reinterpret_cast<const char*>(&one), sizeof one);
    }
    for (const std::string& bytes : ranks_.gather(own)) {
        if (!bytes.empty()) std::memcpy(&all.emplace_back(), bytes.data(), sizeof(Evaluation));
    }
    ranks_.agree();
    return all;
}

}  // namespace microgpt
