// Training: what is shown of a step, and what is left when something goes wrong.
#include "train.hpp"

#include <cstdio>

#include "keep.hpp"
#include "output.hpp"
#include "plot/progress.hpp"
#include "plot/terminal.hpp"

namespace microgpt {

namespace {

/// On a terminal a bar, with the first and the last step's lines left standing; elsewhere a line
/// for every step, as both references print them.
class Display {
  public:
    explicit Display(Index steps) : steps_(steps), bar_(steps) {}

    void step(Index step, double loss, bool goes_on) {
        if (terminal_ && !first_ && !goes_on) plot::ProgressBar::clear();
        if (!terminal_ || first_ || step == steps_) {
            std::printf("step %4u / %4u | loss %.4f\n", step, steps_, loss);
            end_line();
        }
        if (terminal_ && goes_on) bar_.step(step - 1, loss);
        first_ = false;
    }

  private:
    const bool terminal_ = plot::can_redraw(stdout);
    const Index steps_;
    plot::ProgressBar bar_;
    bool first_ = true;
};

/// What all have together, the first writes.
bool save(const Run& run, const Arguments& arguments, Host& host) {
    if (!arguments.save.empty()) host.before_saving();
    return !host.is_first() || keep_model(run, arguments);
}

void take_steps(Run& run, const Arguments& arguments, Host& host) {
    Display display(run.settings().steps);
    bool saves = true;  // until it fails once: the last one may do better
    run.train([&](Index step, double loss) {
        display.step(step, loss, !run.done() && host.interrupted() == 0);
        if (arguments.save_every != 0 && step % arguments.save_every == 0 && !run.done()) {
            host.before_saving();
            if (saves && host.is_first()) saves = keep_model(run, arguments);
        }
        return host.interrupted() == 0;
    });
}

}  // namespace

bool train(Run& run, const Arguments& arguments, Host& host) {
    const std::size_t before = run.losses().size();
    const auto has_stepped = [&] { return run.losses().size() > before; };
    const bool to_train = arguments.settings.steps > before;
    try {
        if (to_train && host.interrupted() == 0) take_steps(run, arguments, host);
    } catch (const NumberError&) {  // what is saved already may be better than this
        if (has_stepped()) keep_figures(run, arguments);
        throw;
    } catch (const std::exception&) {
        if (has_stepped()) {
            save(run, arguments, host);
            keep_figures(run, arguments);
        }
        throw;
    }
    if (to_train && !has_stepped()) return true;  // stopped: what is saved already is better
    const bool saved = save(run, arguments, host);
    return keep_figures(run, arguments) && saved;
}

}  // namespace microgpt
