/* What the browser does by itself: keep the view in the address, go to the sheet, save figures. */
(function () {
  "use strict";
  const NAMES = ["result", "compare", "output", "year", "group", "kommune", "lang"];

  function query(values) {
    const found = new URLSearchParams();
    NAMES.forEach((name, at) => {
      if (values[at] !== null && values[at] !== undefined && values[at] !== "") found.set(name, values[at]);
    });
    return found;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: {
      address: function (...values) {
        const found = query(values);
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
        return window.dash_clientside.no_update;
      },
      toSheet: function (code) {
        const sheet = document.getElementById("sheet-card");
        if (code && sheet) {
          const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
          sheet.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
          sheet.focus({ preventScroll: true });
        }
        return window.dash_clientside.no_update;
      },
    },
  });

  document.addEventListener("click", async function (event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.figure) {
      const drawn = document.querySelector("#" + button.dataset.figure + " .js-plotly-plot");
      if (!drawn || !window.Plotly) return;
      const size = { width: drawn.offsetWidth, height: drawn.offsetHeight, scale: 2 };
      window.Plotly.downloadImage(drawn, {
        format: button.dataset.format, filename: "kommunesim-" + button.dataset.figure, ...size,
      });
    }
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
