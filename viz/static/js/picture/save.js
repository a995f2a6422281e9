/* Downloads made in the browser: the picture as PNG and, without a server, its data as CSV and JSON. */
"use strict";
(function (lianpu) {
  function offer(blob, name) {
    var url = URL.createObjectURL(blob);
    var link = lianpu.el("a", { href: url, download: name });
    link.click();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  }

  /* Paints the whole picture on a fresh canvas of at most 8000 pixels a side. */
  lianpu.savePng = function (scene, name) {
    var old = { position: scene.network.getViewPosition(), scale: scene.scale() };
    var box = scene.blocks.reduce(function (b, x) {
      return { l: Math.min(b.l, x.left), t: Math.min(b.t, x.top), r: Math.max(b.r, x.left + x.width), b: Math.max(b.b, x.top + x.height) };
    }, { l: 0, t: 0, r: 0, b: 0 });
    var width = box.r - box.l + 80;
    var height = box.b - box.t + 80;
    var scale = Math.min(1.5, 8000 / Math.max(width, height));
    var ratio = window.devicePixelRatio || 1;
    scene.network.setSize(width * scale / ratio + "px", height * scale / ratio + "px");
    scene.network.redraw();
    scene.network.moveTo({ position: { x: (box.l + box.r) / 2, y: (box.t + box.b) / 2 }, scale: scale / ratio });
    scene.network.redraw();
    var source = scene.container.querySelector("canvas");
    var copy = lianpu.el("canvas", { width: source.width, height: source.height });
    var ctx = copy.getContext("2d");
    ctx.fillStyle = scene.theme.paper;
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(source, 0, 0);
    scene.network.setSize("100%", "100%");
    scene.network.redraw();
    scene.network.moveTo(old);
    copy.toBlob(function (blob) { if (blob) offer(blob, name + ".png"); }, "image/png");
  };

  lianpu.saveText = function (text, name, type) {
    offer(new Blob([text], { type: type + ";charset=utf-8" }), name);
  };
})(window.lianpu);
