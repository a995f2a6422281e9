/* The side panel: facts of a node or a relation, each with standing, grade and sources. */
"use strict";
(function (lianpu) {
  var el = lianpu.el;

  function badge(standing) {
    if (!standing) return null;
    return el("span", { class: "badge s-" + standing.code }, [
      el("span", { "aria-hidden": "true", text: standing.mark + " " }),
      standing.word,
    ]);
  }

  function gradeMark(grade, words) {
    if (!grade) return null;
    return el("span", { class: "grade g-" + grade, title: words.grade_help, text: lianpu.fill(words.grade, { grade: grade }) });
  }

  /* Goes to the source without leaving a step in the browser's history. */
  function toSource(event) {
    var target = document.getElementById(event.currentTarget.getAttribute("href").slice(1));
    event.preventDefault();
    if (target) target.focus();
  }

  function notes(value, panel) {
    return (value.sources || []).map(function (n) {
      var source = panel.sources[n];
      return el("a", { class: "note-mark", href: "#source-" + n, title: source.title, text: "[" + (n + 1) + (source.grade || "") + "]", on: { click: toSource } });
    });
  }

  function valueLine(value, panel, words, first, alone) {
    var line = el("div", { class: first ? "value" : "value other" });
    if (!first) line.append(el("span", { class: "muted", text: words.also + " " }));
    line.append(value.text, " ");
    notes(value, panel).forEach(function (mark) { line.append(mark); });
    if (value.standing && value.standing.code !== "verified") line.append(" ", badge(value.standing));
    if (value.when && !alone) line.append(el("span", { class: "muted small", text: " " + value.when }));
    return line;
  }

  function factList(panel, words) {
    if (!panel.facts.length) return el("p", { class: "muted", text: words.no_facts });
    var list = el("dl", { class: "facts" });
    panel.facts.forEach(function (fact) {
      list.append(el("dt", { text: fact.label, title: fact.help || null }));
      list.append(el("dd", {}, fact.values.map(function (value, i) { return valueLine(value, panel, words, i === 0, fact.values.length === 1); })));
    });
    return list;
  }

  function sourceItem(source, n, words) {
    var title = source.url
      ? el("a", { href: source.url, target: "_blank", rel: "noopener noreferrer", text: source.title })
      : el("span", { text: source.title });
    return el("li", { id: "source-" + n, tabindex: "-1" }, [
      el("span", { class: "source-number", text: n + 1 + "." }),
      el("span", { class: "source-body" }, [
        title,
        el("span", { class: "muted small", text: " " + [source.publisher, source.date].filter(Boolean).join(" · ") + " " }),
        gradeMark(source.grade, words),
      ]),
    ]);
  }

  function head(panel, words, close) {
    return el("header", { class: "panel-head" }, [
      el("div", {}, [
        el("p", { class: "muted small", text: panel.cls_label }),
        el("h2", { id: "panel-title", tabindex: "-1", text: panel.title }),
      ]),
      el("button", { type: "button", class: "icon-button", "aria-label": words.close, title: words.close + " (Esc)", on: { click: close }, text: "×" }),
    ]);
  }

  function links(panel, words) {
    var items = [];
    if (panel.page) items.push(el("a", { class: "button", href: panel.page, text: words.open_page }));
    if (panel.picture) items.push(el("a", { class: "button", href: panel.picture, text: words.centre_here }));
    return items.length ? el("p", { class: "panel-links" }, items) : null;
  }

  /* Shows `panel` in `box`. `parts` may hold extra elements put between the facts and the sources. */
  lianpu.showPanel = function (box, panel, words, close, parts) {
    box.replaceChildren(
      head(panel, words, close),
      el("p", { class: "panel-marks" }, [badge(panel.standing), " ", gradeMark(panel.grade, words)]),
      panel.text ? el("p", { class: "panel-text", text: panel.text }) : el("span"),
      links(panel, words) || el("span"),
      el("h3", { text: words.facts }),
      factList(panel, words),
      panel.unknown ? el("p", { class: "muted small", text: panel.unknown }) : el("span")
    );
    (parts || []).forEach(function (part) { box.append(part); });
    box.append(el("h3", { text: words.sources }));
    if (panel.sources.length) {
      box.append(el("ol", { class: "sources" }, panel.sources.map(function (s, n) { return sourceItem(s, n, words); })));
    } else {
      box.append(el("p", { class: "muted", text: words.no_sources }));
    }
    box.scrollTop = 0;
  };

  lianpu.showMessage = function (box, title, text, words, close) {
    box.replaceChildren(head({ cls_label: "", title: title }, words, close), el("p", { role: "status", text: text }));
  };
})(window.lianpu);
