/* Glyphs of the classes, drawn on a canvas around (x, y) with radius r. Used by cards and by the legend. */
"use strict";
window.lianpu = window.lianpu || {};
(function (lianpu) {
  function polygon(ctx, points) {
    ctx.beginPath();
    points.forEach(function (p, i) {
      if (i === 0) ctx.moveTo(p[0], p[1]);
      else ctx.lineTo(p[0], p[1]);
    });
    ctx.closePath();
    ctx.fill();
  }

  function regular(ctx, x, y, r, corners, turn) {
    var points = [];
    for (var i = 0; i < corners; i += 1) {
      var a = turn + (i * 2 * Math.PI) / corners;
      points.push([x + r * Math.cos(a), y + r * Math.sin(a)]);
    }
    polygon(ctx, points);
  }

  function disc(ctx, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fill();
  }

  function circle(ctx, x, y, r, width) {
    ctx.beginPath();
    ctx.lineWidth = width;
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.stroke();
  }

  var draw = {
    dot: function (c, x, y, r) { disc(c, x, y, r * 0.8); },
    square: function (c, x, y, r) { c.fillRect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7); },
    house: function (c, x, y, r) {
      polygon(c, [[x - r, y], [x, y - r], [x + r, y], [x + r * 0.7, y], [x + r * 0.7, y + r], [x - r * 0.7, y + r], [x - r * 0.7, y]]);
    },
    hexagon: function (c, x, y, r) { regular(c, x, y, r, 6, 0); },
    diamond: function (c, x, y, r) { regular(c, x, y, r * 1.1, 4, 0); },
    links: function (c, x, y, r) {
      circle(c, x - r * 0.4, y, r * 0.55, r * 0.32);
      circle(c, x + r * 0.4, y, r * 0.55, r * 0.32);
    },
    cube: function (c, x, y, r) {
      c.lineWidth = r * 0.28;
      c.strokeRect(x - r * 0.75, y - r * 0.75, r * 1.5, r * 1.5);
      c.fillRect(x - r * 0.3, y - r * 0.3, r * 0.6, r * 0.6);
    },
    flag: function (c, x, y, r) {
      c.fillRect(x - r * 0.8, y - r, r * 0.3, r * 2);
      polygon(c, [[x - r * 0.5, y - r], [x + r, y - r * 0.4], [x - r * 0.5, y + r * 0.25]]);
    },
    cluster: function (c, x, y, r) {
      disc(c, x, y - r * 0.5, r * 0.45);
      disc(c, x - r * 0.55, y + r * 0.45, r * 0.45);
      disc(c, x + r * 0.55, y + r * 0.45, r * 0.45);
    },
    pin: function (c, x, y, r) {
      c.beginPath();
      c.arc(x, y - r * 0.3, r * 0.7, Math.PI * 0.9, Math.PI * 0.1);
      c.lineTo(x, y + r);
      c.closePath();
      c.fill();
    },
    person: function (c, x, y, r) {
      disc(c, x, y - r * 0.5, r * 0.45);
      c.beginPath();
      c.arc(x, y + r * 0.95, r * 0.85, Math.PI, 0);
      c.fill();
    },
    ring: function (c, x, y, r) { circle(c, x, y, r * 0.7, r * 0.4); },
    columns: function (c, x, y, r) {
      polygon(c, [[x - r, y - r * 0.35], [x, y - r], [x + r, y - r * 0.35]]);
      [-0.75, -0.15, 0.45].forEach(function (dx) { c.fillRect(x + dx * r, y - r * 0.2, r * 0.3, r * 0.8); });
      c.fillRect(x - r, y + r * 0.7, r * 2, r * 0.3);
    },
    coin: function (c, x, y, r) {
      circle(c, x, y, r * 0.75, r * 0.25);
      disc(c, x, y, r * 0.3);
    },
    cross: function (c, x, y, r) {
      c.fillRect(x - r * 0.3, y - r, r * 0.6, r * 2);
      c.fillRect(x - r, y - r * 0.3, r * 2, r * 0.6);
    },
    star: function (c, x, y, r) {
      var points = [];
      for (var i = 0; i < 10; i += 1) {
        var a = -Math.PI / 2 + (i * Math.PI) / 5;
        var d = i % 2 ? r * 0.45 : r * 1.1;
        points.push([x + d * Math.cos(a), y + d * Math.sin(a)]);
      }
      polygon(c, points);
    },
    page: function (c, x, y, r) {
      polygon(c, [[x - r * 0.7, y - r], [x + r * 0.2, y - r], [x + r * 0.7, y - r * 0.5], [x + r * 0.7, y + r], [x - r * 0.7, y + r]]);
    },
    bars: function (c, x, y, r) {
      c.fillRect(x - r * 0.9, y + r * 0.1, r * 0.45, r * 0.9);
      c.fillRect(x - r * 0.25, y - r * 0.4, r * 0.45, r * 1.4);
      c.fillRect(x + r * 0.4, y - r, r * 0.45, r * 2);
    },
    quote: function (c, x, y, r) {
      c.fillRect(x - r * 0.9, y - r * 0.6, r * 0.35, r * 1.2);
      c.fillRect(x - r * 0.3, y - r * 0.6, r * 1.2, r * 0.3);
      c.fillRect(x - r * 0.3, y + r * 0.3, r * 0.8, r * 0.3);
    },
  };

  lianpu.glyph = function (ctx, name, x, y, r, colour) {
    ctx.save();
    ctx.fillStyle = colour;
    ctx.strokeStyle = colour;
    (draw[name] || draw.dot)(ctx, x, y, r);
    ctx.restore();
  };
})(window.lianpu);
