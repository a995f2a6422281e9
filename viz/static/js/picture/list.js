/* The list of what the picture holds: filter, choose by keyboard, follow the choice. Also the legend. */
"use strict";
(function (lianpu) {
  var el = lianpu.el;

  function matches(node, parts) {
    var text = (node.label + " " + (node.title_text || "") + " " + node.cls_label).toLowerCase();
    return parts.every(function (part) { return text.includes(part); });
  }

  lianpu.makeList = function (scene, elements, data, open) {
    var words = data.words;

    function item(node) {
      return el("li", {}, [
        el("button", { type: "button", "data-node": node.id, on: {
          click: function () { open("node", node.id); },
          focus: function () { scene.choose("node", node.id); scene.bringIntoView(node.id); },
        } }, [
          el("span", { class: "list-caption", text: node.label }),
          el("span", { class: "muted small", text: node.cls_label }),
        ]),
      ]);
    }

    function fill() {
      var wanted = elements.filter.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      var all = scene.nodes.get();
      var found = all.filter(function (n) { return matches(n, wanted); });
      elements.list.replaceChildren.apply(elements.list, found.map(item));
      elements.count.textContent = lianpu.fill(words.in_picture, { shown: found.length, total: all.length });
    }

    elements.filter.addEventListener("input", fill);
    elements.filter.addEventListener("keydown", function (event) {
      var first = elements.list.querySelector("button");
      if (event.key === "Enter" && first) open("node", first.dataset.node);
      if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    });
    elements.list.addEventListener("keydown", function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      var buttons = Array.from(elements.list.querySelectorAll("button"));
      var next = buttons[buttons.indexOf(document.activeElement) + step];
      event.preventDefault();
      (next || elements.filter).focus();
    });
    fill();
    return { refresh: fill };
  };

  /* Classes with glyph, colour and word; kinds of lines with dash and word. */
  lianpu.showLegend = function (scene, box, data) {
    var used = new Set(scene.nodes.get().map(function (n) { return n.cls; }));
    var lines = new Set(scene.edges.get().map(function (e) { return e.line; }));
    function canvas(draw) {
      var c = el("canvas", { width: 44, height: 32, class: "legend-sign", "aria-hidden": "true" });
      var ctx = c.getContext("2d");
      ctx.scale(2, 2);
      draw(ctx);
      return c;
    }
    var classes = Object.keys(scene.classes).filter(function (c) { return used.has(c); }).map(function (name) {
      var look = scene.classes[name];
      return el("li", {}, [
        canvas(function (ctx) { lianpu.glyph(ctx, look.glyph, 11, 8, 6, lianpu.tone(look.colour, scene.theme.dark)); }),
        el("span", { text: look.label }),
      ]);
    });
    var kinds = Object.keys(scene.lines).filter(function (k) { return lines.has(k); }).map(function (name) {
      var line = scene.lines[name];
      return el("li", {}, [
        canvas(function (ctx) {
          ctx.strokeStyle = scene.theme.dark ? line.dark : line.light;
          ctx.lineWidth = line.width;
          ctx.setLineDash(line.dashes || []);
          ctx.beginPath();
          ctx.moveTo(0, 8);
          ctx.lineTo(22, 8);
          ctx.stroke();
        }),
        el("span", { text: line.label }),
      ]);
    });
    var marks = data.standings.map(function (s) {
      return el("li", {}, [el("span", { class: "badge s-" + s.code, text: s.mark + " " + s.word })]);
    });
    box.replaceChildren(el("ul", {}, classes), el("ul", {}, kinds), el("ul", {}, marks));
  };
})(window.lianpu);
