/* What stands in the places of the page: `view`, `sheet-data` and `ledger-data` as they came from sim.dashboard. */
(function () {
  "use strict";
  const K = window.kommunesim;
  const pick = (code) => window.dash_clientside.set_props("kommune", { value: code });
  let every = false;

  function ranking(of) {
    const place = K.at("ranking"), more = K.at("more");
    K.say("ranking-title", of.title);
    K.say("ranking-note", of.note || of.problem);
    more.hidden = !(of.more && of.more.length);
    more.setAttribute("aria-expanded", every);
    more.textContent = more.hidden ? "" : of.more[every ? 1 : 0];
    if (!of.rows) { K.fill(place); return; }
    const row = ([code, name, said, length, why], at) => K.html("tr", { role: "row" },
      K.html("td", { class: "place", role: "cell" }, String(at + 1)),
      K.html("th", { scope: "row", role: "rowheader" },
        K.html("button", { type: "button", class: "name", "data-pick": code }, name)),
      K.html("td", { class: "number", role: "cell" }, K.html("span", {}, said), K.html("span", { class: "track" },
        K.html("span", { class: length < 0 ? "bar minus" : "bar", style: `width:${Math.abs(length)}%`, "aria-hidden": "true" }))),
      K.html("td", { class: "why", role: "cell" }, why));
    K.fill(place, K.html("table", { class: "ranking", role: "table", "aria-labelledby": "ranking-title" },
      K.html("thead", {}, K.html("tr", {}, of.heads.map((words) => K.html("th", { scope: "col" }, words)))),
      K.html("tbody", { role: "rowgroup" }, (every ? of.rows : of.rows.slice(0, of.few)).map(row))));
  }

  function framed(name, of, make) {
    const place = K.at(name), below = K.at(`${name}-table`);
    K.say(`${name}-title`, of.title);
    K.say(`${name}-note`, of.problem || of.note);
    place.setAttribute("aria-label", of.label || of.problem || "");
    K.draw(place, of.figure ? (there) => make(there, of.figure) : null);
    if (below) K.fill(below, of.rows ? [K.wide(of.title, K.table("", of.heads, of.rows))] : []);
  }

  function contrast(of) {
    const place = K.at("contrast");
    place.hidden = !of;
    if (!of) { K.fill(place); return; }
    K.fill(place, of.problem ? [K.html("p", {}, of.problem)] : [
      K.html("h2", {}, of.title), K.html("p", { class: "note" }, of.note), K.wide(of.title, K.table("", of.heads, of.rows))]);
  }

  function mark(code) {
    document.querySelectorAll("button[data-pick]").forEach((button) => {
      if (button.dataset.pick === code) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    document.querySelectorAll("#map .chosen").forEach((ring) => ring.remove());
    const circle = code && document.querySelector(`#map circle[data-code="${CSS.escape(code)}"]`);
    if (!circle) return;
    const scale = circle.ownerSVGElement.getBoundingClientRect().height / circle.ownerSVGElement.viewBox.baseVal.height;
    circle.parentNode.append(K.svg("circle", {
      class: "chosen", cx: circle.getAttribute("cx"), cy: circle.getAttribute("cy"), r: circle.getAttribute("r"),
      fill: "none", stroke: K.WARN, "stroke-width": 3.5 / (scale || 1), "pointer-events": "none",
    }));
  }

  let last = { view: null, code: null };

  function fill(view, circles, code) {
    last = { view, code };
    ranking(view.ranking);
    framed("map", view.map, (place, of) => {
      window.requestAnimationFrame(() => mark(last.code));
      return K.map(place, of, circles, pick);
    });
    K.fill(K.at("map-key"), (view.map.key || []).map(([colour, words]) => K.html("span", { class: "swatch" },
      K.html("i", { style: `background:${colour}`, "aria-hidden": "true" }), words)));
    framed("fan", view.fan, (place, of) => K.fan(place, of, 300));
    framed("states", view.states, K.matrix);
    contrast(view.contrast);
    mark(code);
  }

  function sheet(of) {
    K.fill(K.at("sheet-head"), of.title ? K.html("h2", { id: "sheet-title" }, of.title) : null,
      of.line || of.problem ? K.html("p", { class: "note" }, of.problem || of.line) : null,
      of.why ? K.html("p", {}, K.html("b", {}, of.why[0]), " ", of.why[1]) : null);
    [0, 1, 2].forEach((at) => {
      const fan = (of.fans || [])[at];
      K.at(`sheet-fan-${at}-frame`).hidden = !fan;
      framed(`sheet-fan-${at}`, fan || {}, (place, figure) => K.fan(place, figure, 220));
    });
    K.fill(K.at("sheet-tables"), (of.tables || []).map((one) => K.html("div", {},
      K.wide(one.title, K.table(one.title, one.heads, one.rows)), one.note ? K.html("p", { class: "note" }, one.note) : null)));
  }

  function ledger(of) {
    const place = K.at("ledger");
    if (!of) { K.fill(place); return; }
    const line = ([words, said, law, total, lang]) => [K.html(total ? "b" : "span", { lang }, words), said, law];
    K.fill(place, K.html("h4", { id: "ledger-year" }, of.title),
      of.said.filter((words) => words).map((words) => K.html("p", { lang: "en" }, words)),
      K.wide(of.accounts.title, K.table(of.accounts.title, of.accounts.heads, of.accounts.rows)),
      of.steps.map(([title, lines]) => K.html("details", { open: true, class: "step" },
        K.html("summary", {}, title), K.wide(title, K.table("", of.heads, lines.map(line), { class: "lines" })))));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.pick) pick(button.dataset.pick);
    if (button.id === "more" && last.view) {
      every = !every;
      ranking(last.view.ranking);
      mark(last.code);
    }
  });

  Object.assign(K, {
    does: {
      fill, sheet, ledger,
      mark: (code) => { last.code = code; mark(code); },
    },
  });
})();
