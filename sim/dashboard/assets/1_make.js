/* Elements made one by one. Words from files become text nodes, never markup. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

  function set(made, attributes, inside) {
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    });
    [inside].flat(Infinity).forEach((one) => {
      if (one !== null && one !== undefined) made.append(one);
    });
    return made;
  }

  const html = (tag, attributes, ...inside) => set(document.createElement(tag), attributes, inside);
  const svg = (tag, attributes, ...inside) => set(document.createElementNS(SVG, tag), attributes, inside);

  function table(caption, heads, rows, more) {
    const kind = (at) => (at ? { class: "number" } : {});
    const row = (cells) => html("tr", {}, cells.map((cell, at) => (at
      ? html("td", kind(at), cell) : html("th", { scope: "row" }, cell))));
    return html("table", more || {}, caption ? html("caption", {}, caption) : null,
      html("thead", {}, html("tr", {}, heads.map((words, at) => html("th", { scope: "col", ...kind(at) }, words)))),
      html("tbody", {}, rows.map(row)));
  }

  /* A table that scrolls sideways in itself, by keyboard too. */
  function wide(label, ...inside) {
    return html("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, inside);
  }

  const fill = (place, ...inside) => place.replaceChildren(...inside.flat(Infinity).filter((one) => one !== null));
  const at = (id) => document.getElementById(id);

  function say(id, words) {
    const place = at(id);
    if (place) place.textContent = words || "";
  }

  /* The words beside the pointer. */
  function tip(event, lines) {
    const place = at("tip") || document.body.appendChild(html("div", { id: "tip", "aria-hidden": "true" }));
    place.hidden = !lines;
    if (!lines) return;
    fill(place, lines.map((words, line) => html(line ? "div" : "b", {}, words)));
    const wide = place.offsetWidth, high = place.offsetHeight;
    const x = event.clientX + 14 + wide > window.innerWidth ? event.clientX - wide - 10 : event.clientX + 14;
    const y = Math.min(event.clientY + 14, window.innerHeight - high - 4);
    place.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
  }

  /* Drawings that are drawn again when the page becomes narrower or wider. */
  const drawn = new Map();
  let waiting = 0;

  function draw(place, make) {
    drawn.set(place, make);
    fill(place, make ? [make(place)] : []);
  }

  window.addEventListener("resize", () => {
    window.cancelAnimationFrame(waiting);
    waiting = window.requestAnimationFrame(() => drawn.forEach((make, place) => {
      if (!place.isConnected) drawn.delete(place);
      else if (make) fill(place, [make(place)]);
    }));
  });

  window.kommunesim = { html, svg, table, wide, fill, at, say, tip, draw, FONT };
})();
