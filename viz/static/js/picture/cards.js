/* One node as a card: class strip and glyph, class word, caption on at most two lines, standing mark. */
"use strict";
(function (lianpu) {
  var FONT = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif';
  var FAR = 0.7; /* below this scale a card shows its glyph and caption alone, larger */
  var lineCache = new Map();

  lianpu.CARD = { width: 184, height: 52 };

  lianpu.readTheme = function () {
    var style = getComputedStyle(document.documentElement);
    var theme = {};
    ["paper", "surface", "sunken", "ink", "ink-2", "ink-3", "line", "line-2", "accent", "accent-soft", "ok", "warn", "cand"].forEach(
      function (name) { theme[name] = style.getPropertyValue("--" + name).trim(); }
    );
    theme.dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    return theme;
  };

  /* A class colour that stays visible on the theme's ground: dark colours are lightened in the dark theme. */
  lianpu.tone = function (colour, dark) {
    var rgb = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
    if (!dark || !rgb) return colour;
    var parts = rgb.slice(1).map(function (h) { return parseInt(h, 16); });
    var light = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2];
    var mix = Math.max(0, (150 - light) / 255);
    return "rgb(" + parts.map(function (v) { return Math.round(v + (255 - v) * mix); }).join(",") + ")";
  };

  /* Breaks text into at most `most` lines of `width`; Latin words stay whole where they can. */
  function wrap(ctx, text, width, most) {
    var key = [ctx.font, width, most, text].join("|");
    if (lineCache.has(key)) return lineCache.get(key);
    var tokens = text.match(/[A-Za-z0-9.,%&+/_-]+\s*|\s+|[\s\S]/gu) || [];
    var lines = [""];
    tokens.forEach(function (token) {
      var last = lines.length - 1;
      var pieces = ctx.measureText(token).width > width ? Array.from(token) : [token];
      pieces.forEach(function (piece) {
        last = lines.length - 1;
        var hangs = /^[、，。；：？！）》”’%)\]]$/.test(piece); /* never at the start of a line */
        if (lines[last] && !hangs && ctx.measureText(lines[last] + piece).width > width) lines.push(piece.trimStart());
        else lines[last] += piece;
      });
    });
    if (lines.length > most) {
      var cut = lines[most - 1];
      while (cut && ctx.measureText(cut + "…").width > width) cut = Array.from(cut).slice(0, -1).join("");
      lines = lines.slice(0, most - 1).concat(cut + "…");
    }
    if (lineCache.size > 4000) lineCache.clear();
    lineCache.set(key, lines);
    return lines;
  }

  function frame(ctx, x, y, w, h, r) {
    ctx.beginPath();
    ctx.moveTo(x + r, y);
    ctx.arcTo(x + w, y, x + w, y + h, r);
    ctx.arcTo(x + w, y + h, x, y + h, r);
    ctx.arcTo(x, y + h, x, y, r);
    ctx.arcTo(x, y, x + w, y, r);
    ctx.closePath();
  }

  function mark(ctx, node, theme, right, top) {
    var colour = { verified: theme.ok, unverified: theme.warn, candidate: theme.cand }[node.standing];
    if (!colour) return;
    ctx.font = "bold 11px " + FONT;
    ctx.textAlign = "right";
    ctx.fillStyle = colour;
    ctx.fillText(node.mark + (node.grade ? " " + node.grade : ""), right, top);
    ctx.textAlign = "left";
  }

  function near(ctx, node, look, theme, left, top, w, h) {
    lianpu.glyph(ctx, look.glyph, left + 20, top + 15, 6, lianpu.tone(look.colour, theme.dark));
    ctx.font = "11px " + FONT;
    ctx.fillStyle = theme["ink-3"];
    ctx.fillText(look.label, left + 31, top + 16);
    mark(ctx, node, theme, left + w - 9, top + 16);
    ctx.font = (node.focus ? "bold " : "500 ") + "13px " + FONT;
    ctx.fillStyle = theme.ink;
    var lines = wrap(ctx, node.label, w - 22, 2);
    if (lines.length === 1) {
      ctx.fillText(lines[0], left + 13, top + 37);
      return;
    }
    ctx.font = (node.focus ? "bold " : "500 ") + "11.5px " + FONT;
    lines = wrap(ctx, node.label, w - 22, 2);
    ctx.fillText(lines[0], left + 13, top + 30);
    ctx.fillText(lines[1] || "", left + 13, top + 44);
  }

  function far(ctx, node, look, theme, box, scale) {
    var sizes = [Math.min(22, 11.5 / scale), 17, 14];
    var lines = [];
    var size = 0;
    for (var i = 0; i < sizes.length; i += 1) {
      size = sizes[i];
      ctx.font = (node.focus ? "bold " : "500 ") + size + "px " + FONT;
      lines = wrap(ctx, node.label, box.w - 42, i === sizes.length - 1 ? 2 : 3);
      if (lines.length <= 2) break;
    }
    lianpu.glyph(ctx, look.glyph, box.left + 20, box.top + box.h / 2, 8, lianpu.tone(look.colour, theme.dark));
    ctx.fillStyle = theme.ink;
    lines.forEach(function (line, n) {
      var shift = lines.length === 1 ? 0 : (n - 0.5) * size * 1.12;
      ctx.fillText(line, box.left + 35, box.top + box.h / 2 + shift);
    });
  }

  /* Gives the vis-network renderer of custom nodes. `scene` holds theme, classes, nodes and what is lit. */
  lianpu.cardRenderer = function (scene) {
    return function (args) {
      var ctx = args.ctx;
      var node = scene.nodes.get(args.id);
      var w = lianpu.CARD.width;
      var h = lianpu.CARD.height;
      function drawNode() {
        if (!node) return;
        var theme = scene.theme;
        var look = scene.classes[node.cls] || { label: node.cls, colour: theme["ink-3"], glyph: "dot" };
        var left = args.x - w / 2;
        var top = args.y - h / 2;
        ctx.save();
        frame(ctx, left, top, w, h, 6);
        ctx.fillStyle = node.focus ? theme["accent-soft"] : theme.surface;
        ctx.fill();
        if (scene.lit && !scene.lit.nodes.has(node.id)) ctx.globalAlpha = 0.35;
        ctx.save();
        ctx.clip();
        ctx.fillStyle = lianpu.tone(look.colour, theme.dark);
        ctx.fillRect(left, top, 5, h);
        ctx.restore();
        frame(ctx, left, top, w, h, 6);
        ctx.setLineDash(node.standing === "verified" || !node.standing ? [] : [4, 3]);
        ctx.lineWidth = args.state.selected ? 3 : args.state.hover || node.focus ? 2 : 1;
        ctx.strokeStyle = args.state.selected || args.state.hover || node.focus ? theme.accent : theme["line-2"];
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.textBaseline = "middle";
        ctx.textAlign = "left";
        if (scene.scale() < FAR) far(ctx, node, look, theme, { left: left, top: top, w: w, h: h }, scene.scale());
        else near(ctx, node, look, theme, left, top, w, h);
        ctx.restore();
      }
      return { drawNode: drawNode, nodeDimensions: { width: w, height: h } };
    };
  };

  lianpu.frame = frame;
  lianpu.FONT = FONT;
})(window.lianpu);
