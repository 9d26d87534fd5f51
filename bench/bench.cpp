// Every engine, and the fast one at many sizes: what `make bench` prints, keeps and draws.
#include <cstdio>
#include <map>

#include "flops.hpp"
#include "microgpt/engines/sampler.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/random/random.hpp"
#include "plot/log_charts.hpp"
#include "workshop.hpp"

namespace {

using namespace microgpt;
using benchmark::Counter;

// ---- What is measured

void register_ladder() {
    for (const std::string& name : engine_names) {
        for (const std::string dtype : {"f64", "f32"}) {
            if (dtype == "f32" && name != "fast") continue;
            const auto run = [=](benchmark::State& state) {
                time_steps(state, {name, dtype}, config_of(), 1);
            };
            benchmark::RegisterBenchmark(("step/" + name + "/" + dtype).c_str(), run)
                ->Unit(benchmark::kMicrosecond);
        }
    }
}

void register_sizes() {
    const std::pair<Index, Index> sizes[] = {{16, 1},  {16, 4},  {64, 1},  {64, 4}, {128, 1},
                                             {128, 4}, {256, 1}, {256, 4}, {288, 4}};
    for (const std::string dtype : {"f64", "f32"}) {
        for (const std::size_t batch : {1, 16}) {
            for (const auto& size : sizes) {
                const GptConfig config = config_of(size.first, size.second);
                const std::string name = "size/" + dtype + "/batch:" + std::to_string(batch) +
                                         "/n_embd:" + std::to_string(config.n_embd) +
                                         "/n_layer:" + std::to_string(config.n_layer);
                const auto run = [=](benchmark::State& state) {
                    time_steps(state, {"fast", dtype}, config, batch);
                };
                benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMicrosecond);
            }
        }
    }
}

void register_threads() {
    for (const std::size_t threads : {1, 2}) {
        const auto run = [=](benchmark::State& state) {
            time_steps(state, {"fast", "f32", threads}, config_of(128), 16);
        };
        benchmark::RegisterBenchmark(("threads:" + std::to_string(threads)).c_str(), run)
            ->Unit(benchmark::kMicrosecond)
            ->UseRealTime();
    }
}

/// Names by the thousand, from the model of the reference run after its thousand steps.
void register_sampling() {
    for (const std::string dtype : {"f64", "f32"}) {
        for (const std::size_t side_by_side : {1, 64}) {
            const auto run = [=](benchmark::State& state) {
                const auto engine = engine_for({"fast", dtype}, config_of());
                for (Index step = 0; step < 1000; ++step) {
                    engine->step({&documents()[step], 1}, 1 - step / 1000.0);
                }
                Random random(42);
                const Choose choose = [&](auto weights) { return random.choices(weights); };
                double tokens = 0;
                for (auto _ : state) {
                    for (const auto& name :
                         sample(*engine, choose, {.count = 4096, .side_by_side = side_by_side})) {
                        tokens += 1 + static_cast<double>(name.size());
                    }
                }
                state.counters["tokens/s"] = Counter(tokens, Counter::kIsRate);
            };
            const std::string name = "sample/" + dtype + "/side_by_side:";
            benchmark::RegisterBenchmark((name + std::to_string(side_by_side)).c_str(), run)
                ->Unit(benchmark::kMillisecond);
        }
    }
}

// ---- What is drawn

/// Prints as usual, and keeps the sizes' times by their curve: the fastest of what is repeated.
class Keeper : public benchmark::ConsoleReporter {
  public:
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            const std::string name = run.run_name.function_name;
            if (name.rfind("size/", 0) != 0 || run.run_type != Run::RT_Iteration) continue;
            const std::string curve = name.substr(5, name.find("/n_embd") - 5);
            double& time =
                curves_[curve].emplace(run.counters.at("parameters"), 1e300).first->second;
            time = std::min(time, run.GetAdjustedCPUTime());
        }
    }

    std::string chart() const {
        std::vector<plot::Curve> curves;
        for (const auto& [key, name, style] :
             {std::tuple("f32/batch:1", "f32, one name", "dashed orange"),
              {"f64/batch:1", "f64, one name", "dashed blue"},
              {"f32/batch:16", "f32, 16 names", "orange"},
              {"f64/batch:16", "f64, 16 names", "blue"}}) {
            const auto found = curves_.find(key);
            if (found == curves_.end()) continue;
            curves.push_back({name, style, {}});
            for (const auto& [parameters, time] : found->second) {
                curves.back().points.push_back({parameters, time});
            }
        }
        if (curves.empty()) return "";
        return plot::log_log_chart(
            {.title = "The time of a step, by the size of the model",
             .description =
                 "Microseconds against parameters, from four thousand to four million. Steps of 16 "
                 "names stay a little below the grey lines, which are in proportion; those of one "
                 "name climb above them where the model is large.",
             .x = "parameters",
             .y = "microseconds for a step"},
            curves);
    }

  private:
    std::map<std::string, std::map<double, double>> curves_;
};

}  // namespace

/// bench [Google Benchmark's flags] [the SVG file to draw]
int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    register_ladder();
    register_program("start", {"--version"});
    register_program("names", {"--steps", "0", "--samples", "0"});
    register_program("f64", {});
    register_program("f32", {"--dtype", "f32"});
    register_sizes();
    register_threads();
    register_sampling();
    for (const std::size_t kilobytes : {8000, 400000}) register_stream(kilobytes);
    std::printf("peak: %.1f GFLOP/s in double precision, %.1f in single\n",
                peak_flops<double>() / 1e9, peak_flops<float>() / 1e9);
    Keeper keeper;
    benchmark::RunSpecifiedBenchmarks(&keeper);
    const std::string chart = keeper.chart();
    if (argc > 1 && !chart.empty()) write_file(argv[1], chart);
}
