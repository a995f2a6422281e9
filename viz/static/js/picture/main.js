/* Wires the picture: choosing, panel, expansion, keyboard, table view, downloads. */
"use strict";
(function (lianpu) {
  var data = lianpu.json("picture-data");
  if (!data) return;
  var words = data.words;
  var $ = function (id) { return document.getElementById(id); };
  var app = $("picture");
  var stage = $("stage");
  var panelBox = $("panel");
  var menu = $("expand-menu");
  var tip = $("tip");
  var scene = lianpu.makeScene($("canvas"), data);
  var panels = new Map(Object.entries(lianpu.json("picture-panels") || {}));
  var opened = null;
  /* How much of the stage the panel covers: its right side, or on a narrow screen its bottom. */
  scene.covered = function () {
    var narrow = panelBox.offsetWidth > stage.clientWidth * 0.8;
    return { right: narrow ? 0 : panelBox.offsetWidth, bottom: narrow ? panelBox.offsetHeight : 0 };
  };

  function announce(text, id) {
    $("status").textContent = text;
    list.refresh();
    lianpu.showLegend(scene, $("legend-body"), data);
    if (id) scene.bringIntoView(id);
    $("undo").disabled = expander.count() === 0;
  }

  function fetchPanel(kind, id) {
    var known = panels.get(id);
    if (known) return Promise.resolve(known);
    if (!data.live) return Promise.reject(new Error(words.not_in_file));
    var url = (kind === "edge" ? data.relation_url : data.panel_url) + encodeURI(id) + "?lang=" + data.lang;
    return lianpu.get(url).then(function (panel) { panels.set(id, panel); return panel; });
  }

  function close() {
    menu.hidden = true;
    if (panelBox.hidden) return;
    panelBox.hidden = true;
    app.classList.remove("with-panel");
    scene.choose(null);
    opened = null;
    stage.focus({ preventScroll: true });
  }

  function parts(panel) {
    var buttons = expander.buttons(panel, function () { if (opened === panel.id) render(panel); });
    if (buttons) return [lianpu.el("h3", { text: words.expand }), buttons];
    return panel.kind === "entity" && !data.live ? [lianpu.el("p", { class: "muted small", text: words.offline_note })] : [];
  }

  function render(panel) {
    lianpu.showPanel(panelBox, panel, words, close, parts(panel));
  }

  function open(kind, id, keepFocus) {
    if (!(kind === "edge" ? scene.edges : scene.nodes).get(id)) return Promise.resolve();
    menu.hidden = true;
    opened = id;
    scene.choose(kind, id);
    panelBox.hidden = false;
    app.classList.add("with-panel");
    lianpu.showMessage(panelBox, "", words.loading, words, close);
    return fetchPanel(kind, id).then(function (panel) {
      if (opened !== id) return;
      render(panel);
      (kind === "node" ? [id] : [scene.edges.get(id).to, scene.edges.get(id).from]).forEach(scene.bringIntoView);
      if (!keepFocus) $("panel-title").focus({ preventScroll: true });
    }, function (error) {
      if (opened === id) lianpu.showMessage(panelBox, words.failed_title, error.message, words, close);
    });
  }

  function expandAt(id, at) {
    if (!data.live) { open("node", id); return; }
    fetchPanel("node", id).then(function (panel) {
      var buttons = expander.buttons(panel, function () { menu.hidden = true; });
      var free = buttons ? Array.from(buttons.querySelectorAll("button:not([disabled])")) : [];
      if (!free.length) { announce(words.nothing_more); return; }
      if (free.length === 1) { free[0].click(); return; }
      menu.replaceChildren(lianpu.el("p", { class: "muted small", text: lianpu.fill(words.choose_type, { caption: panel.title }) }), buttons);
      menu.hidden = false;
      menu.style.left = Math.max(8, Math.min(at.x, stage.clientWidth - menu.offsetWidth - 8)) + "px";
      menu.style.top = Math.max(8, Math.min(at.y, stage.clientHeight - menu.offsetHeight - 8)) + "px";
      free[0].focus();
    }, function (error) { announce(lianpu.fill(words.failed, { reason: error.message })); });
  }

  /* The nearest card in the direction of an arrow key. */
  function neighbourInDirection(dx, dy) {
    var at = scene.network.getSelectedNodes()[0] || data.focus;
    var all = scene.network.getPositions();
    var best = null;
    Object.keys(all).forEach(function (id) {
      var x = all[id].x - all[at].x;
      var y = all[id].y - all[at].y;
      var along = x * dx + y * dy;
      var aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (id === at || along < 8) return;
      var cost = along + 2.5 * aside;
      if (!best || cost < best.cost) best = { id: id, cost: cost };
    });
    return best && best.id;
  }

  function key(event) {
    var arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    var selected = scene.network.getSelectedNodes()[0];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrows[event.key]) {
      var next = neighbourInDirection(arrows[event.key][0], arrows[event.key][1]);
      if (next) {
        scene.choose("node", next);
        scene.bringIntoView(next);
        $("status").textContent = scene.nodes.get(next).label + " · " + scene.nodes.get(next).cls_label;
      }
    } else if (event.key === "Enter") open("node", selected || data.focus);
    else if (event.key === "e") {
      var target = selected || data.focus;
      expandAt(target, scene.network.canvasToDOM(scene.network.getPositions([target])[target]));
    }
    else if (event.key === "+" || event.key === "=") scene.zoom(1.25);
    else if (event.key === "-") scene.zoom(0.8);
    else if (event.key === "0") scene.home();
    else return;
    event.preventDefault();
  }

  function showTip(text, at) {
    tip.textContent = text;
    tip.hidden = false;
    tip.style.left = Math.min(at.x + 14, stage.clientWidth - tip.offsetWidth - 8) + "px";
    tip.style.top = Math.max(4, at.y - tip.offsetHeight - 8) + "px";
  }

  var expander = lianpu.makeExpander(scene, data, announce);
  var list = lianpu.makeList(scene, { filter: $("list-filter"), list: $("list"), count: $("list-count") }, data, open);
  scene.onTheme = function () { lianpu.showLegend(scene, $("legend-body"), data); };
  scene.onTheme();

  /* A click waits a moment for the second one of a double click: the panel must not slide under the pointer. */
  var waiting = null;
  scene.network.on("click", function (event) {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      if (event.nodes.length) open("node", event.nodes[0], true);
      else if (event.edges.length) open("edge", event.edges[0], true);
      else close();
    }, 240);
  });
  scene.network.on("doubleClick", function (event) {
    clearTimeout(waiting);
    if (event.nodes.length) expandAt(event.nodes[0], event.pointer.DOM);
  });
  scene.network.on("hoverNode", function (event) {
    var node = scene.nodes.get(event.node);
    if (node) showTip(node.title_text, event.pointer.DOM);
  });
  scene.network.on("hoverEdge", function (event) {
    var edge = scene.edges.get(event.edge);
    if (edge) showTip(edge.title_text, event.pointer.DOM);
  });
  ["blurNode", "blurEdge", "dragStart", "zoom"].forEach(function (name) {
    scene.network.on(name, function () { tip.hidden = true; });
  });
  stage.addEventListener("keydown", function (event) { if (event.target === stage) key(event); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  $("zoom-in").addEventListener("click", function () { scene.zoom(1.25); });
  $("zoom-out").addEventListener("click", function () { scene.zoom(0.8); });
  $("zoom-fit").addEventListener("click", function () { scene.home(); });
  $("undo").addEventListener("click", function () { if (expander.count()) history.back(); });
  $("save-png").addEventListener("click", function () { lianpu.savePng(scene, data.file_name); });
  document.querySelectorAll("[data-save]").forEach(function (button) {
    button.addEventListener("click", function () {
      var saved = lianpu.json("picture-files")[button.dataset.save];
      lianpu.saveText(saved.text, saved.name, saved.type);
    });
  });
  document.querySelectorAll("[data-open]").forEach(function (button) {
    button.addEventListener("click", function () { open(button.dataset.kind || "node", button.dataset.open); });
  });
  window.addEventListener("resize", function () { scene.network.redraw(); });
  expander.restore();
  app.classList.add("ready");
})(window.lianpu);
