/* The vis-network scene: cards at the server's positions, blocks behind them, lines that light up when chosen. */
"use strict";
(function (lianpu) {
  function lineColour(line, theme) {
    return theme.dark ? line.dark : line.light;
  }

  function resting(edge) {
    return edge.standing === "verified" ? 0.5 : 0.34;
  }

  function asEdge(scene, edge) {
    var line = scene.lines[edge.line] || scene.lines.other;
    var strong = lineColour(line, scene.theme);
    return Object.assign({}, edge, {
      dashes: line.dashes,
      width: line.width,
      color: { color: strong, highlight: strong, hover: strong, opacity: resting(edge) },
      font: { size: 12, face: lianpu.FONT, color: scene.theme.ink, strokeColor: scene.theme.paper, strokeWidth: 4, align: "horizontal" },
    });
  }

  function drawBlocks(ctx, scene) {
    var scale = scene.scale();
    var size = Math.min(30, Math.max(13, 12 / scale));
    scene.blocks.forEach(function (b) {
      ctx.save();
      lianpu.frame(ctx, b.left, b.top, b.width, b.height, 10);
      ctx.fillStyle = scene.theme.sunken;
      ctx.fill();
      ctx.lineWidth = b.role === "focus" ? 0 : 1;
      ctx.strokeStyle = scene.theme.line;
      if (b.added) ctx.setLineDash([6, 4]);
      ctx.stroke();
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      ctx.font = "600 " + size + "px " + lianpu.FONT;
      ctx.fillStyle = scene.theme["ink-2"];
      ctx.fillText(b.label, b.left + 14, b.top + 21, b.width - 28);
      var used = Math.min(ctx.measureText(b.label).width, b.width - 28);
      if (b.note && scale > 0.45) {
        ctx.font = "12px " + lianpu.FONT;
        ctx.fillStyle = scene.theme["ink-3"];
        ctx.fillText(b.note, b.left + 24 + used, b.top + 21, Math.max(10, b.width - used - 38));
      }
      ctx.restore();
    });
  }

  /* Lights up the nodes `ids` and the edges `edgeIds`, which get their names; everything else is dimmed. */
  function lightUp(scene, ids, edgeIds) {
    var lines = new Set(edgeIds);
    scene.lit = ids ? { nodes: ids } : null;
    scene.edges.update(scene.edges.get().map(function (e) {
      var on = lines.has(e.id);
      var opacity = ids && !on ? 0.07 : on ? 0.9 : resting(e);
      return { id: e.id, label: on ? e.name : undefined, color: Object.assign({}, e.color, { opacity: opacity }) };
    }));
    scene.network.redraw();
  }

  /* Chooses a node or an edge (or nothing) and lights up what touches it. */
  function choose(scene, kind, id) {
    if (kind === "node" && scene.nodes.get(id)) {
      scene.network.selectNodes([id]);
      var lines = scene.network.getConnectedEdges(id);
      var near = new Set(scene.network.getConnectedNodes(id).concat([id]));
      lightUp(scene, near, lines);
    } else if (kind === "edge" && scene.edges.get(id)) {
      var edge = scene.edges.get(id);
      scene.network.unselectAll();
      scene.network.selectEdges([id]);
      lightUp(scene, new Set([edge.from, edge.to]), [id]);
    } else {
      scene.network.unselectAll();
      lightUp(scene, null, []);
    }
  }

  function bringIntoView(scene, id) {
    var at = scene.network.getPositions([id])[id];
    if (!at) return;
    var dom = scene.network.canvasToDOM(at);
    var view = scene.network.getViewPosition();
    var scale = scene.scale();
    var covered = scene.covered();
    function outside(value, low, high) { return value < low ? value - low : value > high ? value - high : 0; }
    var dx = outside(dom.x, 110, Math.max(111, scene.container.clientWidth - covered.right - 110));
    var dy = outside(dom.y, 60, Math.max(61, scene.container.clientHeight - covered.bottom - 60));
    if (dx || dy) scene.network.moveTo({ position: { x: view.x + dx / scale, y: view.y + dy / scale } });
  }

  /* The whole picture if its cards stay legible, else the focus in the middle at a legible size. */
  function home(scene) {
    var box = scene.blocks.reduce(function (b, x) {
      return { l: Math.min(b.l, x.left), t: Math.min(b.t, x.top), r: Math.max(b.r, x.left + x.width), b: Math.max(b.b, x.top + x.height) };
    }, { l: 0, t: 0, r: 0, b: 0 });
    var scale = Math.min((scene.container.clientWidth - 32) / (box.r - box.l), (scene.container.clientHeight - 32) / (box.b - box.t), 1);
    if (scale < 0.32) scene.network.moveTo({ position: { x: 0, y: 0 }, scale: 0.55 });
    else scene.network.moveTo({ position: { x: (box.l + box.r) / 2, y: (box.t + box.b) / 2 }, scale: scale });
  }

  function zoom(scene, factor) {
    var scale = Math.min(3, Math.max(0.08, scene.scale() * factor));
    scene.network.moveTo({ scale: scale });
  }

  /* Puts nodes, edges and a block into the picture; gives what was really added. */
  function add(scene, part) {
    var nodes = part.nodes.filter(function (n) { return !scene.nodes.get(n.id); });
    scene.nodes.add(nodes.map(scene.asNode));
    var edges = part.edges.filter(function (e) {
      return !scene.edges.get(e.id) && scene.nodes.get(e.from) && scene.nodes.get(e.to);
    });
    scene.edges.add(edges.map(function (e) { return asEdge(scene, e); }));
    if (part.block) scene.blocks.push(part.block);
    scene.network.redraw();
    return { nodes: nodes.map(function (n) { return n.id; }), edges: edges.map(function (e) { return e.id; }), block: part.block };
  }

  function remove(scene, added) {
    choose(scene, null);
    scene.edges.remove(added.edges);
    scene.nodes.remove(added.nodes);
    scene.blocks = scene.blocks.filter(function (b) { return b !== added.block; });
    scene.network.redraw();
  }

  lianpu.makeScene = function (container, data) {
    var scene = {
      container: container,
      classes: data.classes,
      lines: data.lines,
      blocks: data.blocks.slice(),
      focus: data.focus,
      theme: lianpu.readTheme(),
      lit: null,
      onTheme: function () {},
      covered: function () { return { right: 0, bottom: 0 }; },
    };
    var renderer = lianpu.cardRenderer(scene);
    scene.asNode = function (node) { return Object.assign({}, node, { ctxRenderer: renderer }); };
    scene.nodes = new vis.DataSet([]);
    scene.edges = new vis.DataSet([]);
    scene.scale = function () { return scene.network ? scene.network.getScale() : 1; };
    scene.nodes.add(data.nodes.map(scene.asNode));
    scene.edges.add(data.edges.map(function (e) { return asEdge(scene, e); }));
    scene.network = new vis.Network(container, { nodes: scene.nodes, edges: scene.edges }, data.options);
    scene.network.on("beforeDrawing", function (ctx) { drawBlocks(ctx, scene); });
    scene.choose = function (kind, id) { choose(scene, kind, id); };
    scene.bringIntoView = function (id) { bringIntoView(scene, id); };
    scene.home = function () { home(scene); };
    scene.zoom = function (factor) { zoom(scene, factor); };
    scene.add = function (part) { return add(scene, part); };
    scene.remove = function (added) { remove(scene, added); };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      scene.theme = lianpu.readTheme();
      scene.edges.update(scene.edges.get().map(function (e) { return asEdge(scene, e); }));
      scene.onTheme();
    });
    scene.home();
    return scene;
  };
})(window.lianpu);
