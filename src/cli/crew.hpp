// Crew: the host that is many ranks.
#pragma once

#include "host.hpp"
#include "microgpt/cluster/ranks.hpp"
#include "microgpt/cluster/sharded_engine.hpp"

namespace microgpt {

/// All ranks do the same; the first reads, prints and writes.
class Crew final : public Host {
  public:
    explicit Crew(Ranks& ranks) : ranks_(ranks) {}

    std::size_t size() const override { return ranks_.size(); }
    bool is_first() const override { return ranks_.is_first(); }
    std::string broadcast(const std::function<std::string()>& make) override {
        return ranks_.broadcast(is_first() ? make() : "");
    }
    EngineKind engine(const EngineChoice& choice) override;
    void before_saving() override { engine_->collect_moments(); }
    std::vector<std::string> generate(Run& run, const GenerateOptions& options) override;
    std::vector<Evaluation> evaluate(const Run& run,
                                     std::span<const std::span<const std::string_view>> pieces,
                                     std::size_t side_by_side) override;
    int interrupted() override { return ranks_.agreed; }

  private:
    Ranks& ranks_;
    ClusterEngine* engine_ = nullptr;
};

}  // namespace microgpt
