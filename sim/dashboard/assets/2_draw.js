/* The map, the fan chart and the matrix, from the numbers of sim.dashboard.figures. */
(function () {
  "use strict";
  const K = window.kommunesim;
  const DARK = "#08406b", MIDDLE = "#7fb0d6", LIGHT = "#d3e4f2", INK = "#1a1a1a", MUTED = "#5c5c5c", WARN = "#c2410c";
  const words = (x, y, said, more) => K.svg("text", {
    x, y, "font-family": K.FONT, "font-size": 12, fill: INK, ...more,
  }, said);

  function canvas(width, height, more) {
    return K.svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", ...more });
  }

  /* Round numbers between two, about as many as asked for. */
  function steps(low, high, count) {
    const raw = (high - low || Math.abs(high) || 1) / count, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= raw * 0.999);
    const found = [];
    for (let at = Math.floor(low / step); at * step < high + step * 0.999; at += 1) found.push(+(at * step).toPrecision(12));
    return found;
  }

  function path(x, y, values) {
    let gap = true;
    return values.map((value, at) => {
      if (value === null) { gap = true; return ""; }
      const said = `${gap ? "M" : "L"}${x(at).toFixed(1)},${y(value).toFixed(1)}`;
      gap = false;
      return said;
    }).join("");
  }

  function fan(place, of, height) {
    const width = Math.max(240, place.clientWidth), right = 20, top = 10, bottom = 26;
    const known = [...of.p5, ...of.p95, ...of.p50, ...of.single.flat()].filter((value) => value !== null);
    const marks = steps(Math.min(...known), Math.max(...known), height > 250 ? 5 : 4);
    const lang = document.documentElement.lang || "en";
    const write = new Intl.NumberFormat(lang, { maximumFractionDigits: 6 });
    const said = marks.map((mark) => write.format(mark));
    const left = 10 + 7 * Math.max(...said.map((each) => each.length));
    const low = marks[0], high = marks[marks.length - 1], years = of.years;
    const x = (at) => left + ((width - left - right) * (years.length > 1 ? at / (years.length - 1) : 0.5));
    const y = (value) => top + (height - top - bottom) * (1 - (value - low) / (high - low || 1));
    const area = (below, above, fill) => K.svg("path", {
      d: `${path(x, y, above)}${path((at) => x(years.length - 1 - at), y, [...below].reverse()).replace("M", "L")}Z`, fill,
    });
    const made = canvas(width, height);
    marks.forEach((mark, at) => made.append(
      K.svg("line", {
        x1: left, x2: width - right, y1: y(mark), y2: y(mark), "stroke-width": 1,
        stroke: mark === 0 && low < 0 ? WARN : "#e4e6e9",
      }),
      words(left - 6, y(mark) + 4, said[at], { "text-anchor": "end", fill: MUTED })));
    const every = Math.ceil(years.length / Math.max(2, Math.floor((width - left) / 52)));
    years.forEach((year, at) => {
      if (at % every === 0) made.append(words(x(at), height - 6, String(year), { "text-anchor": "middle", fill: MUTED }));
    });
    made.append(area(of.p5, of.p95, LIGHT), area(of.p25, of.p75, MIDDLE));
    of.single.forEach((one) => made.append(K.svg("path", {
      d: path(x, y, one), fill: "none", stroke: MUTED, "stroke-width": 0.8, opacity: 0.45,
    })));
    if (years.includes(of.year)) {
      const at = x(years.indexOf(of.year));
      made.append(K.svg("line", { x1: at, x2: at, y1: top, y2: height - bottom, stroke: MUTED, "stroke-dasharray": "2 3" }));
    }
    made.append(K.svg("path", { d: path(x, y, of.p50), fill: "none", stroke: DARK, "stroke-width": 2.5 }));
    const step = years.length > 1 ? x(1) - x(0) : width;
    years.forEach((year, at) => {
      if (of.p50[at] === null) return;
      made.append(K.svg("circle", { cx: x(at), cy: y(of.p50[at]), r: 3.2, fill: DARK }));
      const near = K.svg("rect", {
        x: x(at) - step / 2, y: 0, width: step, height: height - bottom, fill: "none", "pointer-events": "all",
      });
      near.addEventListener("pointermove", (event) => K.tip(event, [String(year), ...of.said[at].split("\n")]));
      near.addEventListener("pointerleave", (event) => K.tip(event, null));
      made.append(near);
    });
    return made;
  }

  function matrix(place, of) {
    const width = Math.max(250, place.clientWidth), left = Math.min(110, width * 0.27), top = 34, high = 62;
    const n = of.names.length, wide = (width - left) / n, made = canvas(width, top + n * high);
    const longest = Math.max(...of.names.map((name) => name.length));
    const small = { "font-size": Math.max(9, Math.min(12, wide / (0.6 * longest))) };
    of.names.forEach((name, at) => {
      made.append(words(left + (at + 0.5) * wide, 22, name, { "text-anchor": "middle", ...small }),
        words(left - 8, top + (at + 0.5) * high - 2, name, { "text-anchor": "end", ...small }),
        words(left - 8, top + (at + 0.5) * high + 14, of.counts[at], { "text-anchor": "end", fill: MUTED, ...small }));
    });
    of.said.forEach((row, down) => row.forEach((said, across) => made.append(
      K.svg("rect", {
        x: left + across * wide + 1.5, y: top + down * high + 1.5, width: wide - 3, height: high - 3, rx: 3,
        fill: of.colours[down][across],
      }),
      words(left + (across + 0.5) * wide, top + (down + 0.5) * high + 5, said, {
        "text-anchor": "middle", "font-size": 14, fill: of.inks[down][across],
      }))));
    return made;
  }

  /* circles: kommunenummer, name, x, y and radius of each, in km. */
  function map(place, of, circles, pick) {
    const wide = Math.max(...circles.map((one) => one[2] + one[4])), high = Math.max(...circles.map((one) => one[3] + one[4]));
    const scale = Math.min(place.clientWidth / wide, 720 / high);
    const made = canvas(wide + 4, high + 4, { viewBox: `-2 -2 ${wide + 4} ${high + 4}`, width: wide * scale, height: high * scale });
    const letters = K.svg("g", { "pointer-events": "none" });
    circles.forEach(([code, name, x, y, radius], at) => {
      const which = of.classes[at], fill = which < 0 ? of.none : of.colours[which];
      made.append(K.svg("circle", {
        cx: x, cy: y, r: radius, fill, stroke: "#8a99a6", "stroke-width": 0.6 / scale, "data-code": code, "data-at": at,
      }));
      if (6.2 * name.length < 2 * radius * scale) letters.append(words(x, y + 3.5 / scale, name, {
        "text-anchor": "middle", "font-size": 10 / scale, fill: which < 0 ? INK : of.inks[which],
      }));
    });
    made.append(letters);
    made.addEventListener("pointermove", (event) => {
      const at = event.target.dataset && event.target.dataset.at;
      K.tip(event, at === undefined ? null : [circles[at][1], of.said[at]]);
    });
    made.addEventListener("pointerleave", (event) => K.tip(event, null));
    made.addEventListener("click", (event) => {
      if (event.target.dataset.code) pick(event.target.dataset.code);
    });
    return made;
  }

  Object.assign(K, { fan, matrix, map, WARN });
})();
