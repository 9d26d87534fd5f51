// Columns: sweeps to the left and to the right, until all has settled.
#include "plot/columns.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt::plot {

int Columns::add(int column, double room, double height) {
    if (column >= column_count()) columns_.resize(column + 1);
    const int item = static_cast<int>(items_.size());
    items_.push_back({room, height});
    columns_[column].push_back(item);
    return item;
}

void Columns::join(int left, int right) {
    items_[left].after.push_back(right);
    items_[right].before.push_back(left);
}

void Columns::arrange() {
    constexpr int sweeps = 8;
    sweep_right();
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        sweep_left();
        sweep_right();
    }
    double topmost = HUGE_VAL;
    for (const Item& item : items_) topmost = std::min(topmost, top(item));
    for (Item& item : items_) item.height -= topmost;
}

double Columns::total_height() const {
    double lowest = 0;
    for (const Item& item : items_) lowest = std::max(lowest, bottom(item));
    return lowest;
}

void Columns::sweep_right() {
    for (std::vector<int>& column : columns_) {
        pull(column, &Item::before);
        push_apart(column);
    }
}

void Columns::sweep_left() {
    for (int i = column_count(); i-- > 0;) {
        pull(columns_[i], &Item::after);
        push_apart(columns_[i]);
    }
}

/// Moves each item to the mean height of those it is joined to on one side.
void Columns::pull(const std::vector<int>& column, Side side) {
    for (const int item : column) {
        const std::vector<int>& neighbours = items_[item].*side;
        if (neighbours.empty()) continue;
        double sum = 0;
        for (const int neighbour : neighbours) sum += height(neighbour);
        items_[item].height = sum / static_cast<double>(neighbours.size());
    }
}

/// Pushes items down until none touches another, and lifts all of them by the mean of that.
void Columns::push_apart(std::vector<int>& column) {
    std::ranges::stable_sort(column, {}, [&](int item) { return height(item); });
    double pushed = 0;
    for (std::size_t i = 1; i < column.size(); ++i) {
        Item& item = items_[column[i]];
        const double overlap = bottom(items_[column[i - 1]]) - top(item);
        if (overlap <= 0) continue;
        item.height += overlap;
        pushed += overlap;
    }
    const double lift = pushed / static_cast<double>(column.size());
    for (const int item : column) items_[item].height -= lift;
}

}  // namespace microgpt::plot
