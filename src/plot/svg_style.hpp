// The look of all pictures: colours, lines and letters, as CSS classes.
#pragma once

namespace microgpt::plot {

/// The size of all letters, in pixels.
constexpr double font_size = 14;

/// The style sheet in every picture. On white and on near-black (#131416), letters have a contrast
/// of 4.5 at least, and lines that matter of 3. Colour-blind readers can tell the first four
/// colours apart (after Okabe and Ito 2002); the other three are for chapters, which have names,
/// too. A page with a theme switch of its own may set the custom
/// properties; the plain colours before them are for programs that do not know such properties,
/// as when a book becomes a PDF.
constexpr char style_sheet[] = R"(
.microgpt-figure {
  --ink: #24292f; --soft: #59636e; --rule: #d5dae0;
  --blue: #005ba3; --orange: #b84a00; --green: #00805a; --purple: #a8408f;
  --teal: #00697a; --red: #b3261e; --brown: #6b5600;
  --shade: #0b4a8a; --on-tint: #000; --on-shade: #fff;
  color: #24292f; color: var(--ink); fill: none; max-width: 100%; height: auto;
  font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
@media screen and (prefers-color-scheme: dark) {
  .microgpt-figure {
    --ink: #e6e8eb; --soft: #9aa4ae; --rule: #33383e;
    --blue: #56b0f0; --orange: #f0a030; --green: #6fdcae; --purple: #de82bd;
    --teal: #4fc3d9; --red: #ff8a80; --brown: #d8c15a;
    --shade: #429de6; --on-tint: #fff; --on-shade: #000;
  }
}
.microgpt-figure .soft { color: #59636e; color: var(--soft) }
.microgpt-figure .rule { color: #d5dae0; color: var(--rule) }
.microgpt-figure .blue { color: #005ba3; color: var(--blue) }
.microgpt-figure .orange { color: #b84a00; color: var(--orange) }
.microgpt-figure .green { color: #00805a; color: var(--green) }
.microgpt-figure .purple { color: #a8408f; color: var(--purple) }
.microgpt-figure .teal { color: #00697a; color: var(--teal) }
.microgpt-figure .red { color: #b3261e; color: var(--red) }
.microgpt-figure .brown { color: #6b5600; color: var(--brown) }
.microgpt-figure .shade { color: #0b4a8a; color: var(--shade) }
.microgpt-figure .on-tint { color: #000; color: var(--on-tint) }
.microgpt-figure .on-shade { color: #fff; color: var(--on-shade) }
.microgpt-figure .line { stroke: currentColor; stroke-linejoin: round }
.microgpt-figure .bold { stroke-width: 2.5 }
.microgpt-figure .faint { stroke-opacity: .3 }
.microgpt-figure .dashed { stroke-dasharray: 5 4 }
.microgpt-figure .card { fill: currentColor; fill-opacity: .06; stroke-opacity: .75 }
.microgpt-figure .fill, .microgpt-figure text { fill: currentColor }
.microgpt-figure .strong { font-weight: 600 }
)";

}  // namespace microgpt::plot
