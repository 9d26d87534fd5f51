// Ranks: by MPI's functions, and nowhere else.
#include "microgpt/cluster/ranks.hpp"

#define OMPI_SKIP_MPICXX 1  // of two MPIs: what they had for C++ is no more
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <numeric>

#include "microgpt/autograd/error.hpp"

namespace microgpt {

namespace {

/// A number that mpirun has told this process, by one of its names.
std::size_t told(std::initializer_list<const char*> variables, std::size_t otherwise) {
    for (const char* variable : variables) {
        if (const char* value = std::getenv(variable)) return std::strtoul(value, nullptr, 10);
    }
    return otherwise;
}

const bool speaks = told({"OMPI_COMM_WORLD_RANK", "PMI_RANK"}, 0) == 0;

void nobody_came(int) {
    constexpr char line[] = "microgpt: the other ranks have not answered: are all of them there?\n";
    if (speaks && write(STDERR_FILENO, line, sizeof line - 1) < 0) _exit(2);
    _exit(1);
}

/// Vectors as MPI counts them, so that its ints reach far.
class VectorType {
  public:
    explicit VectorType(std::size_t bytes) {
        MPI_Type_contiguous(static_cast<int>(bytes), MPI_BYTE, &type_);
        MPI_Type_commit(&type_);
    }
    ~VectorType() { MPI_Type_free(&type_); }
    VectorType(const VectorType&) = delete;
    VectorType& operator=(const VectorType&) = delete;
    operator MPI_Datatype() const { return type_; }

  private:
    MPI_Datatype type_{};
};

Ranks::Counts begins(const Ranks::Counts& counts) {
    Ranks::Counts begins(counts.size());
    std::exclusive_scan(counts.begin(), counts.end(), begins.begin(), 0);
    return begins;
}

}  // namespace

Ranks::Ranks(int& argc, char**& argv, unsigned patience)
    : interrupted([] { return 0; }), lose([](const std::exception&) { std::terminate(); }) {
    std::signal(SIGALRM, nobody_came);
    alarm(patience + (speaks ? 0 : 2));
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    int rank = 0;
    int size = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    rank_ = static_cast<std::size_t>(rank);
    size_ = static_cast<std::size_t>(size);
    const std::size_t started = told({"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}, size_);
    if (started == size_) return;
    if (!speaks) {
        sleep(2);  // the first says it
        std::_Exit(1);
    }
    throw Error(std::to_string(started) + " ranks were started and each of them is alone: " +
                "mpirun is of another MPI than this program");
}

Ranks::~Ranks() { MPI_Finalize(); }

void Ranks::have_met() const { alarm(0); }

void Ranks::end_all(int status) {
    MPI_Abort(MPI_COMM_WORLD, status);
    std::_Exit(status);
}

// ---- Bytes

void Ranks::require_same(const std::string& text, const std::string& what) const {
    const std::size_t mine = std::hash<std::string>()(text);
    std::vector<std::size_t> all(size_);
    MPI_Allgather(&mine, sizeof mine, MPI_BYTE, all.data(), sizeof mine, MPI_BYTE, MPI_COMM_WORLD);
    const auto other = std::ranges::find_if(all, [&](std::size_t one) { return one != all[0]; });
    if (other == all.end()) return;
    throw Error("rank " + std::to_string(other - all.begin()) + " " + what + " than rank 0");
}

std::string Ranks::broadcast(const std::string& bytes) const {
    std::string handed = bytes;
    std::size_t size = bytes.size();
    MPI_Bcast(&size, sizeof size, MPI_BYTE, 0, MPI_COMM_WORLD);
    handed.resize(size);
    constexpr std::size_t piece = 1 << 30;
    for (std::size_t at = 0; at < size; at += piece) {
        const auto count = static_cast<int>(std::min(piece, size - at));
        MPI_Bcast(handed.data() + at, count, MPI_BYTE, 0, MPI_COMM_WORLD);
    }
    return handed;
}

std::vector<std::string> Ranks::gather(const std::string& bytes) const {
    const int mine = static_cast<int>(bytes.size());
    Counts counts(size_);
    MPI_Gather(&mine, 1, MPI_INT, counts.data(), 1, MPI_INT, 0, MPI_COMM_WORLD);
    std::string all(std::accumulate(counts.begin(), counts.end(), std::size_t{0}), '\0');
    const Counts at = begins(counts);
    MPI_Gatherv(bytes.data(), mine, MPI_BYTE, all.data(), counts.data(), at.data(), MPI_BYTE, 0,
                MPI_COMM_WORLD);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < size_ && is_first(); ++i) {
        parts.push_back(
            all.substr(static_cast<std::size_t>(at[i]), static_cast<std::size_t>(counts[i])));
    }
    return parts;
}

void Ranks::agree() {
    const int mine = interrupted();
    MPI_Allreduce(&mine, &agreed, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
}

// ---- Numbers

void Ranks::all_to_all(std::size_t bytes, const void* sent, const Counts& sent_counts,
                       void* received, const Counts& received_counts) const {
    const VectorType type(bytes);
    MPI_Alltoallv(sent, sent_counts.data(), begins(sent_counts).data(), type, received,
                  received_counts.data(), begins(received_counts).data(), type, MPI_COMM_WORLD);
}

void Ranks::all_gather(std::size_t bytes, void* numbers, const Counts& counts) const {
    const VectorType type(bytes);
    MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, numbers, counts.data(),
                   begins(counts).data(), type, MPI_COMM_WORLD);
}

void Ranks::gather(std::size_t bytes, const void* part, void* all, const Counts& counts) const {
    const VectorType type(bytes);
    MPI_Gatherv(part, counts[rank_], type, all, counts.data(), begins(counts).data(), type, 0,
                MPI_COMM_WORLD);
}

}  // namespace microgpt
