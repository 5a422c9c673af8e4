/** The look of the page: quiet, by system fonts, light or dark as the reader's system is. Every pair of colours has contrast AA. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f6f3; --surface: #ffffff; --sunk: #f2f0ec; --ink: #20242a; --soft: #565d67; --line: #e2dfd9; --accent: #1f5fa8;
  --critical: #8f1034; --critical-bg: #fbe6ea; --high: #96350b; --high-bg: #fcebdf; --medium: #765000; --medium-bg: #f9f0d2;
  --low: #43596b; --low-bg: #e8eef3; --pass: #1c6540; --pass-bg: #e3f3e9; --justified: #574897; --justified-bg: #edeafa;
  --quiet: #565d67; --quiet-bg: #eeece8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --surface: #1b1f25; --sunk: #22272e; --ink: #e5e7ea; --soft: #a6aeb9; --line: #2f353d; --accent: #8ab8f0;
    --critical: #ff9db2; --critical-bg: #46162a; --high: #ffb48a; --high-bg: #452413; --medium: #eccb72; --medium-bg: #3a2f10;
    --low: #aec3d4; --low-bg: #243039; --pass: #8ad4a8; --pass-bg: #173325; --justified: #c3b7f5; --justified-bg: #2d2750;
    --quiet: #a6aeb9; --quiet-bg: #262b32;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main, .bar-inner, footer p { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
header { background: var(--surface); border-bottom: 1px solid var(--line); }
.bar-inner { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.25rem; padding-top: 1rem; padding-bottom: 1rem; }
.bar-inner p { margin: 0; color: var(--soft); }
nav { margin-left: auto; display: flex; gap: 1.25rem; }
h1 { font-size: 1.25rem; font-weight: 650; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.1rem; font-weight: 650; margin: 2.25rem 0 .75rem; overflow-wrap: anywhere; }
h3 { font-size: .8rem; font-weight: 600; margin: 0 0 .35rem; color: var(--soft); letter-spacing: .02em; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
code { font: .86em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.note { color: var(--soft); font-size: .86rem; }
p.note { margin: .25rem 0; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--surface); padding: .5rem 1rem; z-index: 2; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.cards { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 1rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; }
.card.wide { grid-column: 1 / -1; }
.card + .card.app, details.unread, .problems { margin-top: .6rem; }
.score-card { display: flex; gap: 1.25rem; align-items: center; }
.ring { width: 6.5rem; flex: none; }
.ring circle { fill: none; stroke-width: 3.2; }
.ring .track { stroke: var(--sunk); }
.ring .value { stroke-linecap: butt; }
.ring.good .value { stroke: var(--pass); } .ring.fair .value { stroke: var(--medium); }
.ring.poor .value { stroke: var(--high); } .ring.unknown .value { stroke: none; }
.figure { margin: 0; color: var(--soft); } .figure strong { font-size: 2.1rem; font-weight: 650; color: var(--ink); letter-spacing: -.03em; font-variant-numeric: tabular-nums; }
.counts { list-style: none; margin: .75rem 0 0; padding: 0; display: grid; grid-template-columns: repeat(4, auto); justify-content: space-between; gap: .6rem .75rem; font-size: .84rem; color: var(--soft); }
.counts strong { display: block; font-size: 1.3rem; font-weight: 600; color: var(--ink); line-height: 1.2; font-variant-numeric: tabular-nums; }
.counts .critical strong { color: var(--critical); } .counts .high strong { color: var(--high); } .counts .medium strong { color: var(--medium); }
.losses { list-style: none; margin: .4rem 0 0; padding: 0; }
.losses li { display: grid; grid-template-columns: 3.5rem 1fr; gap: .1rem .5rem; padding: .4rem 0; }
.losses li + li { border-top: 1px solid var(--line); }
.loss-points { font-variant-numeric: tabular-nums; font-weight: 600; }
.bar { grid-column: 2; width: 100%; height: 3px; background: var(--sunk); border-radius: 2px; } .bar rect { fill: var(--accent); opacity: .75; }
.scroll { overflow-x: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .6rem .85rem; vertical-align: top; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
thead th { font-size: .82rem; font-weight: 600; color: var(--soft); background: var(--sunk); white-space: nowrap; }
tbody th { font-weight: 500; }
tbody th .note { display: block; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.none { color: var(--soft); }
td.number.critical { color: var(--critical); font-weight: 650; } td.number.high { color: var(--high); font-weight: 650; }
td.number.medium { color: var(--medium); font-weight: 650; }
thead button { all: unset; cursor: pointer; }
thead button:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
thead button::after { content: "↕" / ""; opacity: .45; margin-left: .35em; }
th[aria-sort=ascending] button::after { content: "↑" / ""; opacity: 1; } th[aria-sort=descending] button::after { content: "↓" / ""; opacity: 1; }
.badge { display: inline-block; white-space: nowrap; padding: .08rem .55rem; border-radius: 99px; font-size: .8rem; font-weight: 600; color: var(--quiet); background: var(--quiet-bg); }
.badge.critical, .chip.critical span { color: var(--critical); background: var(--critical-bg); }
.badge.high, .chip.high span { color: var(--high); background: var(--high-bg); }
.badge.medium, .chip.medium span { color: var(--medium); background: var(--medium-bg); }
.badge.low, .badge.low-risk, .chip.low span, .chip.low-risk span { color: var(--low); background: var(--low-bg); }
.badge.pass { color: var(--pass); background: var(--pass-bg); }
.badge.justified, .chip.justified span { color: var(--justified); background: var(--justified-bg); }
.filter { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; margin: 0 0 .75rem; }
.filter[hidden] { display: none; }
.filter fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; }
.filter legend, .search span { font-size: .8rem; font-weight: 600; color: var(--soft); padding: 0; margin-bottom: .25rem; display: block; }
.search input { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--soft); border-radius: 8px; padding: .4rem .7rem; width: 17rem; max-width: 100%; }
.search input::placeholder { color: var(--soft); opacity: 1; }
.filter p { margin: 0 0 .4rem auto; }
.chip { cursor: pointer; position: relative; }
.chip input { position: absolute; opacity: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
.chip span { display: inline-block; padding: .28rem .8rem; border-radius: 99px; border: 1px solid transparent; font-size: .84rem; font-weight: 600; color: var(--quiet); background: var(--quiet-bg); }
.chip input:checked + span::before { content: "✓ " / ""; }
.chip input:not(:checked) + span { background: transparent; border-color: var(--soft); color: var(--soft); text-decoration: line-through; }
.chip input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
summary { cursor: pointer; }
#findings-table td:first-child { width: 9rem; } #findings-table td:last-child { min-width: 20rem; }
#findings-table summary code { color: var(--soft); margin-left: .35rem; white-space: nowrap; }
.because { display: block; color: var(--soft); padding-left: 1.05rem; }
.detail { padding: .75rem 0 .25rem 1.05rem; }
.detail ul, .app ul { margin: .35rem 0 .9rem; padding-left: 1.2rem; }
.detail dl { margin: .5rem 0; display: grid; grid-template-columns: 8rem 1fr; gap: .35rem .75rem; }
.detail dt { color: var(--soft); } .detail dd { margin: 0; }
.exception { background: var(--justified-bg); color: var(--justified); padding: .5rem .75rem; border-radius: 8px; margin: 0 0 .75rem; }
.detail .evidence { background: var(--sunk); border-radius: 8px; margin: .25rem 0 .75rem; padding: .5rem .85rem; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
.detail .evidence dt { color: inherit; }
.app { content-visibility: auto; contain-intrinsic-size: auto 3.6rem; }
.app h3 { margin-top: 1rem; font-size: .86rem; }
.app .all { list-style: none; padding: 0; } .all li { display: flex; gap: .6rem; padding: .3rem 0; align-items: baseline; } .all .badge { flex: none; min-width: 7.2rem; text-align: center; }
footer { margin: 3rem 0 2rem; color: var(--soft); font-size: .86rem; }
@media (max-width: 56rem) { .cards { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 40rem) {
  #findings-table, #findings-table > tbody, #findings-table > tbody > tr:not([hidden]) { display: block; }
  #findings-table > thead { display: block; background: var(--sunk); } #findings-table > thead > tr { display: flex; }
  #findings-table > tbody > tr { padding: .6rem .9rem; } #findings-table > tbody > tr + tr { border-top: 1px solid var(--line); }
  #findings-table > tbody > tr > td { display: inline-block; width: auto; min-width: 0; padding: 0 .6rem .3rem 0; border: 0; }
  #findings-table > tbody > tr > td:first-child { width: auto; } #findings-table a, summary strong, .because, .detail { overflow-wrap: anywhere; }
  #findings-table > tbody > tr > td:last-child { display: block; padding-right: 0; }
  #findings-table summary code { white-space: normal; } .because, .detail { padding-left: 0; } .detail .evidence { grid-template-columns: 1fr; }
  main, .bar-inner, footer p { padding-left: 1rem; padding-right: 1rem; } nav { margin-left: 0; } .detail dl { grid-template-columns: 1fr; } .search, .search input { width: 100%; } .all li { display: block; } }
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --surface: #fff; --sunk: #f4f4f4; --ink: #000; --soft: #444; --line: #bbb; --accent: #000;
    --critical: #8f1034; --critical-bg: #fff; --high: #96350b; --high-bg: #fff; --medium: #765000; --medium-bg: #fff;
    --low: #43596b; --low-bg: #fff; --pass: #1c6540; --pass-bg: #fff; --justified: #574897; --justified-bg: #fff;
    --quiet: #444; --quiet-bg: #fff;
  }
  .filter, nav, .skip { display: none; } .scroll { overflow: visible; } tr, .card { break-inside: avoid; } thead button::after { content: ""; }
  .chip span, .badge { border: 1px solid #bbb; }
}
`;
