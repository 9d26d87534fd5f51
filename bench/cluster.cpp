// What messages, sums and steps cost on many ranks: `make bench-cluster`.
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "cluster_rows.hpp"
#include "exchange_time.hpp"
#include "microgpt/cluster/sharded_engine.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

namespace {

constexpr int times = 100;
constexpr Index batch = 64;
constexpr std::size_t shortest = 64, longest = 4 << 20;  // messages, in bytes

/// What the first rank says, and what was said before.
class Report {
  public:
    Report(const Ranks& ranks, const std::string& before)
        : says_(ranks.is_first()), said_(before) {}

    __attribute__((format(printf, 2, 3))) void operator()(const char* format, ...) {
        char line[256];
        va_list figures;
        va_start(figures, format);
        std::vsnprintf(line, sizeof line, format, figures);
        va_end(figures);
        if (says_) std::puts(line);
        said_ += std::string(line) + "\n";
    }
    std::vector<ClusterRow> rows() const { return read_cluster_rows(std::istringstream(said_)); }

  private:
    bool says_;
    std::string said_;
};

/// The least time of some, in microseconds, from when all begin.
template <class Work>
double least_us(Ranks& ranks, const Work& work) {
    double least = 1e9;
    for (int time = 0; time < times; ++time) {
        ranks.agree();
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        least = std::min(least, 1e6 * taken.count());
    }
    return least;
}

// ---- A sum of so many numbers, for all: in one order, and as MPI likes it
void measure_sums(Ranks& ranks, Report& report, std::size_t parameters) {
    const std::size_t share = (parameters + ranks.size() - 1) / ranks.size();
    std::vector<float> sums(share * ranks.size(), 1), received(sums.size()), all(sums.size());
    const Ranks::Counts counts(ranks.size(), static_cast<int>(share));
    const double ordered = least_us(ranks, [&] {
        ranks.all_to_all(sizeof(float), sums.data(), counts, received.data(), counts);
        float* own = all.data() + ranks.rank() * share;
        std::copy_n(received.data(), share, own);
        for (std::size_t rank = 1; rank < ranks.size(); ++rank) {
            for (std::size_t i = 0; i < share; ++i) own[i] += received[rank * share + i];
        }
        ranks.all_gather(sizeof(float), all.data(), counts);
    });
    const double theirs = least_us(ranks, [&] {
        MPI_Allreduce(sums.data(), all.data(), static_cast<int>(parameters), MPI_FLOAT, MPI_SUM,
                      MPI_COMM_WORLD);
    });
    report("sum ranks %zu parameters %zu ordered %.1f allreduce %.1f", ranks.size(), parameters,
           ordered, theirs);
}

// ---- A step, and its parts
void measure_step(Ranks& ranks, Report& report, const TrainingConfig& training) {
    Random random(1);
    const auto made =
        sharded_kind<float>(ranks).make(training, [&] { return random.gauss(0, 0.08); });
    auto& engine = dynamic_cast<ClusterEngine&>(*made);
    std::vector<std::vector<Index>> documents(training.batch);  // as long as names
    for (std::size_t i = 0; i < documents.size(); ++i) documents[i].resize(5 + i % 7);
    StepParts least;
    for (int time = 0; time < times; ++time) {
        ranks.agree();  // all begin together
        const StepParts before = engine.parts();
        engine.step(documents, 0.5);
        const StepParts parts = engine.parts() - before;
        if (time == 0 || parts.all() < least.all()) least = parts;
    }
    report(
        "step ranks %zu parameters %.0f batch %u ms %.3f compute %.3f wait %.3f exchange %.3f "
        "update %.3f gather %.3f copy %.3f",
        ranks.size(), count_parameters(training.config), training.batch, 1e3 * least.all(),
        1e3 * least.compute, 1e3 * least.wait, 1e3 * least.exchange, 1e3 * least.update,
        1e3 * least.gather, 1e3 * least.copy);
}

// ---- And what it should be, by one rank's step and the messages
void hold_against_model(Report& report, double ranks) {
    const std::vector<ClusterRow> rows = report.rows();
    const Network network = network_of(rows, ranks);
    for (const ClusterRow& row : rows) {
        if (row.kind != "step" || row["ranks"] != ranks) continue;
        const double parameters = row["parameters"];
        const ClusterRow alone =
            cluster_row(rows, "step", {{"ranks", 1}, {"parameters", parameters}, {"batch", batch}});
        const double collective = (ranks - 1) * seconds_of_message(network, 4 * parameters / ranks);
        const double ms = alone["compute"] * row["batch"] / batch / ranks +
                          alone["update"] / ranks + alone["copy"] + 2e3 * collective;
        report("model ranks %.0f parameters %.0f batch %.0f ms %.3f off %.1f", ranks, parameters,
               row["batch"], ms, 100 * (ms / row["ms"] - 1));
        if (row["batch"] != batch) continue;
        report("faster ranks %.0f parameters %.0f times %.2f", ranks, parameters,
               alone["ms"] / row["ms"]);
    }
}

void measure(Ranks& ranks, Report& report) {
    const bool alone = ranks.size() == 1;
    double load = 0;
    if (getloadavg(&load, 1) == 1) report("load ranks %zu average %.2f", ranks.size(), load);
    for (std::size_t bytes = shortest; !alone && bytes <= longest; bytes *= 4) {
        report("message ranks %zu bytes %zu us %.2f", ranks.size(), bytes,
               1e6 * seconds_of_exchange(ranks, bytes));
    }
    const auto model = [](Index layers, Index n_embd) {
        return GptConfig{.vocab_size = 27, .n_layer = layers, .n_embd = n_embd};
    };
    const auto all = static_cast<Index>(batch * ranks.size());
    for (const GptConfig& config : {model(1, 16), model(2, 64), model(4, 128)}) {
        measure_step(ranks, report, {config, 0.01, 16, batch});  // strong scaling
        if (alone) continue;
        measure_step(ranks, report, {config, 0.01, 16, all});  // weak scaling
        measure_sums(ranks, report, static_cast<std::size_t>(count_parameters(config)));
    }
    if (!alone && ranks.is_first()) hold_against_model(report, static_cast<double>(ranks.size()));
}

}  // namespace

int main(int argc, char** argv) try {
    Ranks ranks(argc, argv, 60);
    ranks.have_met();
    std::ifstream before(argc > 1 ? argv[1] : "");
    Report report(ranks, {std::istreambuf_iterator<char>(before), {}});
    measure(ranks, report);
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    Ranks::end_all(1);
}
