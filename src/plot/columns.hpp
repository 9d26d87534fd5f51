// Columns: items above each other, each as near as can be to those it is joined to.
#pragma once

#include <vector>

namespace microgpt::plot {

/// Finds heights for the items of a layered drawing by the barycentre method (Sugiyama, Tagawa and
/// Toda 1981): an item moves to the mean height of its neighbours, and what would touch is pushed
/// apart.
class Columns {
  public:
    /// Adds an item that needs `room` and would begin at `height`, and returns its number.
    int add(int column, double room, double height);
    /// Joins an item to one in the next column.
    void join(int left, int right);

    /// Finds the heights, measured downwards from the top of the topmost item.
    void arrange();
    /// The height of an item's middle.
    double height(int item) const { return items_[item].height; }
    /// The height of the lowest item's bottom.
    double total_height() const;
    int column_count() const { return static_cast<int>(columns_.size()); }

  private:
    struct Item {
        double room;
        double height;
        std::vector<int> before = {};  // the items it is joined to on its left
        std::vector<int> after = {};   // and on its right
    };
    using Side = std::vector<int> Item::*;

    static double top(const Item& item) { return item.height - item.room / 2; }
    static double bottom(const Item& item) { return item.height + item.room / 2; }
    void sweep_right();
    void sweep_left();
    void pull(const std::vector<int>& column, Side side);
    void push_apart(std::vector<int>& column);

    std::vector<Item> items_;
    std::vector<std::vector<int>> columns_;  // the items of each
};

}  // namespace microgpt::plot
