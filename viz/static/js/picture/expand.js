/* Expansion of a node by relation type, ten at a time, each step a state of the browser's history. */
"use strict";
(function (lianpu) {
  var el = lianpu.el;
  var STEP = 10;

  function stepKey(step) {
    return [step.id, step.type, step.direction, step.after].join(" ");
  }

  lianpu.makeExpander = function (scene, data, announce) {
    var words = data.words;
    var done = []; /* [{step, added}] in order */
    var busy = Promise.resolve();

    /* The cursor of the next page of (id, type, direction): "" at the start, null at the end. */
    function reached(id, relation) {
      var steps = done.filter(function (d) {
        return d.step.id === id && d.step.type === relation.type && d.step.direction === relation.direction;
      });
      return steps.length ? steps[steps.length - 1].next : "";
    }

    /* Distinct neighbours over a relation type that the picture holds already. */
    function drawn(id, relation) {
      var own = relation.direction === "out" ? "from" : "to";
      var other = own === "from" ? "to" : "from";
      var ends = scene.edges.get({ filter: function (e) { return e.cls === relation.type && e[own] === id; } });
      return new Set(ends.map(function (e) { return e[other]; })).size;
    }

    function run(step) {
      var query = new URLSearchParams({ type: step.type, direction: step.direction, after: step.after, lang: data.lang });
      return lianpu.get(data.expand_url + encodeURI(step.id) + "?" + query).then(function (part) {
        var fresh = part.nodes.filter(function (n) { return !scene.nodes.get(n.id); });
        var placed = { nodes: [], block: undefined };
        if (fresh.length) {
          var at = scene.network.getPositions([step.id])[step.id];
          placed = lianpu.placeNear(at, fresh, scene.blocks, part.label, part.note);
        }
        Object.assign(scene.classes, part.classes);
        var added = scene.add({ nodes: placed.nodes, edges: part.edges, block: placed.block });
        done.push({ step: step, added: added, next: part.next });
        announce(lianpu.fill(words.expanded, { shown: fresh.length, label: part.label }), added.nodes[0]);
      });
    }

    /* Takes back or repeats steps until exactly `steps` stand. */
    function settle(steps) {
      var same = 0;
      while (same < done.length && same < steps.length && stepKey(done[same].step) === stepKey(steps[same])) same += 1;
      while (done.length > same) {
        scene.remove(done.pop().added);
        announce(words.undone);
      }
      return steps.slice(same).reduce(function (before, step) { return before.then(function () { return run(step); }); }, Promise.resolve());
    }

    function queue(work) {
      busy = busy.then(work).catch(function (error) { announce(lianpu.fill(words.failed, { reason: error.message })); });
      return busy;
    }

    window.addEventListener("popstate", function (event) {
      queue(function () { return settle((event.state && event.state.steps) || []); });
    });

    function expand(id, relation) {
      var step = { id: id, type: relation.type, direction: relation.direction, after: reached(id, relation) };
      return queue(function () {
        return run(step).then(function () {
          history.pushState({ steps: done.map(function (d) { return d.step; }) }, "");
        });
      });
    }

    function button(id, relation, after) {
      var all = reached(id, relation) === null || (!relation.at_least && drawn(id, relation) >= relation.total);
      var count = (relation.at_least ? "≥" : "") + relation.total;
      return el("button", {
        type: "button", class: "expand-button", disabled: all,
        on: { click: function () { expand(id, relation).then(after); } },
      }, [
        el("span", { text: relation.label }),
        el("span", { class: "count", text: lianpu.fill(all ? words.all_shown : relation.total > STEP ? words.next_ten : words.expand_all, { total: count }) }),
      ]);
    }

    return {
      count: function () { return done.length; },
      expand: expand,
      /* One button for each relation type of the panel; null where the picture has no server behind it. */
      buttons: function (panel, after) {
        if (!data.live || !panel.relations || !panel.relations.length) return null;
        return el("div", { class: "expand" }, panel.relations.map(function (r) { return button(panel.id, r, after); }));
      },
      restore: function () {
        var steps = history.state && history.state.steps;
        if (data.live && steps && steps.length) queue(function () { return settle(steps); });
      },
    };
  };
})(window.lianpu);
