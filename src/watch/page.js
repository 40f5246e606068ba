// Follows the program: asks for its state, waits for the next one, and shows the pages of the report that is chosen.
"use strict";
const at = (id) => document.getElementById(id);
const make = (tag, set) => Object.assign(document.createElement(tag), set);
let state = { version: 0, reports: [], words: {} };

const chosen = () => {
  const name = decodeURIComponent(location.hash.slice(1));
  return state.reports.find((report) => report.name === name) ?? state.reports[0];
};

function list() {
  const current = chosen();
  let group;
  at("reports").replaceChildren(...state.reports.flatMap((report) => {
    const link = make("a", { href: "#" + encodeURIComponent(report.name), textContent: report.title });
    if (report === current) link.setAttribute("aria-current", "page");
    const item = make("li", {});
    item.append(link);
    const heads = report.group && report.group !== group ? [make("li", { className: "group", textContent: report.group })] : [];
    group = report.group;
    return [...heads, item];
  }));
}

// Pictures are fetched before they take the place of the last ones, so that the page neither flickers nor jumps.
async function pages() {
  const report = chosen();
  if (!report) return at("pages").replaceChildren(make("p", { textContent: state.words.empty ?? "" }));
  const address = (path) => `/out/${path.split("/").map(encodeURIComponent).join("/")}?v=${state.version}`;
  const pictures = report.pages.map((path, n) =>
    make("img", { src: address(path), alt: `${report.title}, ${state.words.page} ${n + 1}` }));
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  const links = report.pdf ? [make("p", {})] : [];
  links.forEach((p) => p.append(make("a", { href: address(report.pdf), textContent: state.words.pdf })));
  const frame = report.pdf && !pictures.length ? [make("iframe", { src: address(report.pdf), title: report.title })] : [];
  at("pages").replaceChildren(...pictures, ...frame, ...links);
}

function show(changed) {
  document.documentElement.lang = state.words.language ?? "da";
  document.title = state.words.title ?? "kvarter";
  at("state").textContent = state.line;
  at("told").textContent = state.told;
  at("told").hidden = !state.told;
  list();
  if (changed) pages();
}

async function follow() {
  for (;;) {
    try {
      const name = encodeURIComponent(chosen()?.name ?? "");
      const answer = await fetch(`/state?since=${state.version}&at=${name}`);
      const next = await answer.json();
      const changed = next.pages !== state.pages;
      state = next;
      show(changed);
    } catch {
      at("state").textContent = state.words.lost ?? "";
      await new Promise((wait) => setTimeout(wait, 1000));
    }
  }
}

addEventListener("hashchange", () => {
  list();
  pages();
  scrollTo(0, 0);
  // Tells which report is looked at: it is made first.
  fetch(`/state?since=-1&at=${encodeURIComponent(chosen()?.name ?? "")}`).catch(() => {});
});
follow();
