/* Cards open in the panel beside the board where there is room; filters work in place. Without scripts each
   card opens where it stands and a filter is a link. */
"use strict";
(function () {
  var board = document.getElementById("board");
  if (!board) return;
  var panel = document.getElementById("detail");
  var legend = document.getElementById("legend");
  var title = document.getElementById("detail-title");
  var body = document.getElementById("detail-body");
  var wide = matchMedia("(min-width: 1100px)");
  var chosen = null;
  document.documentElement.classList.add("js");

  var head = document.createElement("div");
  var close = document.createElement("button");
  head.className = "detail-head";
  close.type = "button";
  close.className = "icon-button";
  close.textContent = "×";
  close.setAttribute("aria-label", panel.dataset.close);
  title.before(head);
  head.append(title, close);

  function show(cell, focus) {
    if (chosen) chosen.classList.remove("chosen");
    chosen = cell;
    cell.classList.add("chosen");
    title.textContent = cell.querySelector(".name").textContent;
    body.replaceChildren.apply(body, Array.from(cell.querySelector(".cell-body").cloneNode(true).childNodes));
    panel.hidden = false;
    legend.hidden = true;
    panel.scrollTop = 0;
    history.replaceState(null, "", "#" + cell.id);
    if (focus) title.focus({ preventScroll: true });
  }

  function hide() {
    if (!chosen) return;
    var last = chosen;
    chosen.classList.remove("chosen");
    chosen = null;
    panel.hidden = true;
    legend.hidden = false;
    history.replaceState(null, "", location.pathname + location.search);
    last.querySelector("summary").focus();
  }

  function visible() {
    return Array.from(board.querySelectorAll("details.cell")).filter(function (c) { return !c.hidden; });
  }

  /* The nearest card in a direction, seen from the middle of the one that has the focus. */
  function beside(cell, key) {
    var from = cell.getBoundingClientRect();
    var best = null;
    var least = Infinity;
    visible().forEach(function (other) {
      var to = other.getBoundingClientRect();
      var dx = to.left + to.width / 2 - from.left - from.width / 2;
      var dy = to.top + to.height / 2 - from.top - from.height / 2;
      var along = { ArrowRight: dx, ArrowLeft: -dx, ArrowDown: dy, ArrowUp: -dy }[key];
      var across = key === "ArrowRight" || key === "ArrowLeft" ? Math.abs(dy) : Math.abs(dx);
      if (other !== cell && along > 8 && along + 3 * across < least) { best = other; least = along + 3 * across; }
    });
    return best;
  }

  board.addEventListener("click", function (event) {
    var summary = event.target.closest("summary");
    var cell = summary && summary.parentElement;
    if (!cell || !cell.classList.contains("cell") || !wide.matches) return;
    event.preventDefault();
    if (cell === chosen) hide(); else show(cell, true);
  });
  close.addEventListener("click", hide);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && chosen) { hide(); return; }
    var summary = document.activeElement.closest("details.cell > summary");
    if (!summary || !/^Arrow/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    var next = beside(summary.parentElement, event.key);
    if (next) { event.preventDefault(); next.querySelector("summary").focus(); }
  });

  function fits(cell, filter) {
    if (filter === "risk" || filter === "building") return cell.hasAttribute("data-" + filter);
    return !filter || cell.dataset.status === filter;
  }
  document.addEventListener("click", function (event) {
    var chip = event.target.closest("a[data-filter]");
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var on = !chip.classList.contains("on");
    document.querySelectorAll("a[data-filter]").forEach(function (other) {
      var mine = on && other === chip;
      other.classList.toggle("on", mine);
      if (mine) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current");
    });
    var filter = on ? chip.dataset.filter : "";
    board.querySelectorAll("details.cell").forEach(function (cell) { cell.hidden = !fits(cell, filter); });
    var url = new URL(location.href);
    if (filter) url.searchParams.set("status", filter); else url.searchParams.delete("status");
    history.replaceState(null, "", url);
  });

  function fromHash() {
    var cell = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!cell || !cell.classList.contains("cell")) return;
    cell.hidden = false;
    if (wide.matches) show(cell, false); else cell.open = true;
    cell.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", fromHash);
  fromHash();
})();
