/* Free room for cards that an expansion adds: a block near its parent that touches no other block. */
"use strict";
(function (lianpu) {
  var GAP_X = 18;
  var GAP_Y = 14;
  var PAD = 16;
  var HEADING = 40;
  var MARGIN = 40;
  var STEP = 60;
  var REACH = 90;

  function touches(a, b) {
    return a.left < b.left + b.width + MARGIN && b.left < a.left + a.width + MARGIN &&
      a.top < b.top + b.height + MARGIN && b.top < a.top + a.height + MARGIN;
  }

  function size(count) {
    var columns = count > 4 ? 2 : 1;
    var rows = Math.ceil(count / columns);
    return {
      columns: columns,
      width: columns * lianpu.CARD.width + (columns - 1) * GAP_X + 2 * PAD,
      height: HEADING + rows * lianpu.CARD.height + (rows - 1) * GAP_Y + PAD,
    };
  }

  /* Squares of growing radius around `at`; within one square the nearest place wins, so the result is stable. */
  function nearestFree(at, box, blocks) {
    for (var ring = 0; ring < REACH; ring += 1) {
      var best = null;
      for (var i = -ring; i <= ring; i += 1) {
        for (var j = -ring; j <= ring; j += 1) {
          if (Math.max(Math.abs(i), Math.abs(j)) !== ring) continue;
          var place = { left: at.x + i * STEP - box.width / 2, top: at.y + j * STEP - box.height / 2, width: box.width, height: box.height };
          var free = blocks.every(function (b) { return !touches(place, b); });
          var distance = i * i + j * j;
          if (free && (best === null || distance < best.distance)) best = { place: place, distance: distance };
        }
      }
      if (best) return best.place;
    }
    var bottom = Math.max.apply(null, blocks.map(function (b) { return b.top + b.height; }));
    return { left: at.x - box.width / 2, top: bottom + MARGIN, width: box.width, height: box.height };
  }

  /* Gives `nodes` positions inside a new block near `at`; returns {block, nodes}. */
  lianpu.placeNear = function (at, nodes, blocks, label, note) {
    var box = size(nodes.length);
    var block = nearestFree(at, box, blocks);
    block.label = label;
    block.note = note;
    block.role = "added";
    block.added = true;
    var placed = nodes.map(function (node, i) {
      var row = Math.floor(i / box.columns);
      var column = i % box.columns;
      return Object.assign({}, node, {
        x: block.left + PAD + lianpu.CARD.width / 2 + column * (lianpu.CARD.width + GAP_X),
        y: block.top + HEADING + lianpu.CARD.height / 2 + row * (lianpu.CARD.height + GAP_Y),
      });
    });
    return { block: block, nodes: placed };
  };
})(window.lianpu);
