/* Suggestions below a search box. "/" focuses, arrows choose, Enter opens, Esc closes. */
"use strict";
(function () {
  var WAIT = 140;

  function attach(input) {
    var list = document.getElementById(input.getAttribute("aria-controls"));
    var status = input.parentElement.querySelector("[role=status]");
    var items = [];
    var chosen = -1;
    var timer = null;
    var asked = 0;

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(next) {
      var options = list.children;
      if (!options.length) return;
      if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
      chosen = (next + options.length) % options.length;
      options[chosen].setAttribute("aria-selected", "true");
      options[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[chosen].id);
    }

    function show(found) {
      items = found;
      list.replaceChildren.apply(list, found.map(function (hit, i) {
        var option = document.createElement("li");
        var name = document.createElement("span");
        var kind = document.createElement("span");
        option.id = list.id + "-" + i;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        name.textContent = hit.caption + (hit.detail ? " · " + hit.detail : "");
        kind.className = "tag";
        kind.textContent = hit.cls_label;
        option.append(name, kind);
        option.addEventListener("mousedown", function (event) {
          event.preventDefault();
          location.href = hit.page;
        });
        return option;
      }));
      chosen = -1;
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = found.length ? input.dataset.count.replace("{n}", found.length) : input.dataset.none;
    }

    function ask() {
      var q = input.value.trim();
      var mine = (asked += 1);
      if (!q) { close(); return; }
      fetch(input.dataset.suggest + "?q=" + encodeURIComponent(q), { headers: { Accept: "application/json" } })
        .then(function (response) { return response.ok ? response.json() : { hits: [] }; })
        .catch(function () { return { hits: [] }; })
        .then(function (body) { if (mine === asked && document.activeElement === input) show(body.hits); });
    }

    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" && !list.hidden) { choose(chosen + 1); event.preventDefault(); }
      else if (event.key === "ArrowUp" && !list.hidden) { choose(chosen - 1); event.preventDefault(); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.href = items[chosen].page; }
      else if (event.key === "Escape") { if (list.hidden) input.blur(); close(); }
    });
    input.addEventListener("blur", close);
  }

  var inputs = Array.from(document.querySelectorAll("input[data-suggest]"));
  inputs.forEach(attach);
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !inputs.length) return;
    event.preventDefault();
    inputs[inputs.length - 1].focus();
    inputs[inputs.length - 1].select();
  });
})();
