// Eventually: to wait for something, but not for ever.
#pragma once

#include <chrono>
#include <thread>

namespace microgpt {

/// Waits until `happened()`, or until patience has ended. Returns whether it has happened.
template <class Happened>
bool eventually(Happened happened, std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!happened()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

}  // namespace microgpt
