// Training: what is shown of a step, and what is left when something goes wrong.
#include "train.hpp"

#include <cstdio>

#include "interrupt.hpp"
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

void take_steps(Run& run, const Arguments& arguments) {
    Display display(run.settings().steps);
    bool saves = arguments.save_every != 0;  // until it fails once: the last one may do better
    run.train([&](Index step, double loss) {
        display.step(step, loss, !run.done() && interrupted() == 0);
        if (saves && step % arguments.save_every == 0 && !run.done()) {
            saves = keep_model(run, arguments);
        }
        return interrupted() == 0;
    });
}

}  // namespace

bool train(Run& run, const Arguments& arguments) {
    const std::size_t before = run.losses().size();
    const auto has_stepped = [&] { return run.losses().size() > before; };
    const bool to_train = arguments.settings.steps > before;
    try {
        if (to_train && interrupted() == 0) take_steps(run, arguments);
    } catch (const NumberError&) {  // what is saved already may be better than this
        if (has_stepped()) keep_figures(run, arguments);
        throw;
    } catch (const std::exception&) {
        if (has_stepped()) {
            keep_model(run, arguments);
            keep_figures(run, arguments);
        }
        throw;
    }
    if (to_train && !has_stepped()) return true;  // stopped: what is saved already is better
    const bool saved = keep_model(run, arguments);
    return keep_figures(run, arguments) && saved;
}

}  // namespace microgpt
