/* What the browser does by itself: keep the view in the address, go to the sheet, step through years, save figures. */
(function () {
  "use strict";
  const NAMES = ["result", "compare", "output", "year", "group", "kommune", "lang"];
  const K = window.kommunesim;
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function query(values, step) {
    const found = new URLSearchParams();
    NAMES.forEach((name, at) => {
      if (values[at] !== null && values[at] !== undefined && values[at] !== "") found.set(name, values[at]);
    });
    if (step) { found.set("run", step.run); found.set("step", step.year); }
    return found;
  }

  /* A callback of the page that only draws. */
  function draws(make) {
    return function (...values) {
      make(...values);
      return window.dash_clientside.no_update;
    };
  }

  function address(...values) {
    const step = values.pop(), found = query(values, step);
    document.documentElement.lang = values[NAMES.length - 1];
    window.history.replaceState(null, "", "?" + found.toString());
    document.querySelectorAll("[data-csv]").forEach((link) => {
      link.href = "csv/" + link.dataset.csv + "?" + found.toString();
    });
    document.querySelectorAll("[data-lang]").forEach((link) => {
      const other = new URLSearchParams(found);
      other.set("lang", link.dataset.lang);
      link.href = "?" + other.toString();
    });
  }

  let opened = false;

  /* A kommune is chosen: it is marked, and its sheet comes into sight unless it came with the address. */
  function picked(code) {
    const sheet = K.at("sheet-card");
    K.does.mark(code);
    if (code && sheet && opened) {
      sheet.scrollIntoView({ behavior: still() ? "auto" : "smooth", block: "start" });
      sheet.focus({ preventScroll: true });
    }
    opened = true;
  }

  /* The run and year that the three buttons of the ledger lead to. */
  function step(_, __, ___, now, run, year) {
    const asked = window.dash_clientside.callback_context.triggered_id;
    if (asked === "ledger-show") return { run: Math.max(0, Math.round(run || 0)), year };
    return now ? { run: now.run, year: now.year + (asked === "step-on" ? 1 : -1) } : window.dash_clientside.no_update;
  }

  function ledger(data, now) {
    const set = window.dash_clientside.set_props;
    K.does.ledger(data);
    set("step-back", { disabled: !(data && now && data.first < now.year) });
    set("step-on", { disabled: !(data && now && data.last > now.year) });
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: {
      address: draws(address), fill: draws((...values) => K.does.fill(...values)),
      picked: draws(picked), sheet: draws((data) => K.does.sheet(data)), ledger: draws(ledger),
      close: () => null, step,
    },
  });

  /* The drawing with its title above and its source below, as text of an SVG. */
  function whole(name) {
    const drawn = document.querySelector(`#${name} svg`);
    if (!drawn) return null;
    const wide = Math.max(420, +drawn.getAttribute("width")), high = +drawn.getAttribute("height");
    const lines = (words, size) => {
      const most = Math.floor(wide / (size * 0.56)), found = [""];
      words.split(" ").forEach((word) => {
        if ((found[found.length - 1] + " " + word).length > most) found.push(word);
        else found[found.length - 1] = (found[found.length - 1] + " " + word).trim();
      });
      return found;
    };
    const made = K.svg("svg", { xmlns: "http://www.w3.org/2000/svg" });
    let y = 6;
    const write = (words, size, more) => lines(words, size).forEach((line) => {
      y += size * 1.35;
      made.append(K.svg("text", { x: 10, y, "font-family": K.FONT, "font-size": size, fill: "#1a1a1a", ...more }, line));
    });
    write(K.at(`${name}-title`).textContent, 16, { "font-weight": 600 });
    write(K.at(`${name}-note`).textContent, 12, { fill: "#5c5c5c" });
    const keys = [...document.querySelectorAll(`#${name}-key .swatch`)];
    let x = 10;
    if (keys.length) y += 20;
    keys.forEach((key) => {
      const room = 34 + 6.6 * key.textContent.length;
      if (x + room > wide) { x = 10; y += 18; }
      made.append(K.svg("circle", { cx: x + 6, cy: y - 4, r: 6, fill: key.firstChild.style.background, stroke: "#8a99a6" }),
        K.svg("text", { x: x + 17, y, "font-family": K.FONT, "font-size": 12, fill: "#5c5c5c" }, key.textContent));
      x += room;
    });
    y += 10;
    const copy = drawn.cloneNode(true);
    copy.setAttribute("x", 0);
    copy.setAttribute("y", y);
    made.append(copy);
    y += high + 4;
    write(`kommunesim. ${K.at("result").textContent.trim()}. ${K.at("status").textContent}`, 11, { fill: "#5c5c5c" });
    y += 10;
    made.prepend(K.svg("rect", { width: wide, height: y, fill: "white" }));
    Object.entries({ width: wide, height: y, viewBox: `0 0 ${wide} ${y}` }).forEach(([key, value]) => made.setAttribute(key, value));
    return { text: new XMLSerializer().serializeToString(made), wide, high: y };
  }

  function save(blob, name) {
    const link = K.html("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function keep(name, format) {
    const found = whole(name), file = `kommunesim-${name}.${format}`;
    if (!found) return;
    const drawing = new Blob([found.text], { type: "image/svg+xml" });
    if (format === "svg") { save(drawing, file); return; }
    const image = new Image();
    image.onload = () => {
      const canvas = K.html("canvas", { width: 2 * found.wide, height: 2 * Math.ceil(found.high) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, file), "image/png");
      URL.revokeObjectURL(image.src);
    };
    image.src = URL.createObjectURL(drawing);
  }

  document.addEventListener("click", async function (event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.figure) keep(button.dataset.figure, button.dataset.format);
    if (button.id === "share") {
      const before = button.textContent;
      try {
        await navigator.clipboard.writeText(window.location.href);
        button.textContent = button.dataset.said;
        window.setTimeout(() => { button.textContent = before; }, 2000);
      } catch (problem) {
        window.prompt(before, window.location.href);
      }
    }
  });
})();
