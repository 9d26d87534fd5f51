// Arrangement: balanced in each bundle, and added up by the tree.
#include "microgpt/engines/order/arrangement.hpp"

#include <algorithm>
#include <stdexcept>

#include "microgpt/engines/order/balance.hpp"

namespace microgpt {

void Arrangement::arrange(const GptConfig& config, std::span<const std::vector<Index>> documents,
                          const Bundles& run) {
    if (documents.empty()) throw std::invalid_argument("a step is down one document at the least");
    plan(documents.size(), run);
    lengths_.clear();
    all_rows_ = 0;
    for (const std::vector<Index>& tokens : documents) {
        lengths_.push_back(positions_read(config, tokens));
        all_rows_ += lengths_.back();
    }
    documents_.clear();
    rows_ = 0;
    for (std::size_t i = 0; i < bundles_.size(); ++i) {
        take(documents, (run.first + i) * bundle_size);
        bundles_[i].end = rows_;
    }
    longest_ = std::ranges::max(lengths_);
}

/// How the sums of bundles are added; for most steps as for the one before.
void Arrangement::plan(std::size_t documents, const Bundles& run) {
    if (documents == all_documents_ && run.first == run_.first && run.last == run_.last) return;
    const Summation sums = summation(run, bundles_of(documents));
    bundles_.clear();
    for (const std::size_t merges : sums.merges) bundles_.push_back({0, merges});
    sums_at_once_ = sums.most;
    all_documents_ = documents;
    run_ = run;
}

/// The next rows are those of the bundle that begins there.
void Arrangement::take(std::span<const std::vector<Index>> documents, std::size_t first) {
    const std::size_t count = std::min(documents.size() - first, bundle_size);
    balance(std::span(lengths_).subspan(first, count), order_);
    for (const std::size_t i : order_) {
        const std::size_t length = lengths_[first + i];
        const std::span<const Index> all(documents[first + i].data(), length + 1);
        documents_.push_back({all.first(length), all.last(length), rows_, 0});
        rows_ += length;
    }
}

std::span<Arrangement::Document> Arrangement::documents_of(std::size_t part, std::size_t parts) {
    if (parts == 1) return documents_;
    const auto first_of = [&](std::size_t i) {
        const std::size_t row = rows_ * i / parts;
        return std::ranges::find_if(documents_, [&](const Document& document) {
            return document.row + document.tokens.size() / 2 >= row;
        });
    };
    const auto begin = part == 0 ? documents_.begin() : first_of(part);
    return {begin, part + 1 == parts ? documents_.end() : first_of(part + 1)};
}

const std::vector<double>& Arrangement::losses() {
    losses_.clear();
    auto next = documents_.begin();
    for (const auto& [end, merges] : bundles_) {
        double sum = 0;
        for (; next != documents_.end() && next->row < end; ++next) sum += next->loss;
        add_next(losses_, sum, merges);
    }
    return losses_;
}

}  // namespace microgpt
