/* Small DOM builder. Text always goes in as text, never as HTML. */
"use strict";
window.lianpu = window.lianpu || {};
(function (lianpu) {
  lianpu.el = function (tag, attributes, children) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (value === null || value === undefined || value === false) return;
      if (name === "text") node.textContent = value;
      else if (name === "on") Object.keys(value).forEach(function (event) { node.addEventListener(event, value[event]); });
      else node.setAttribute(name, value === true ? "" : value);
    });
    (children || []).forEach(function (child) {
      if (child) node.append(child);
    });
    return node;
  };

  /* Fills {name} places of a word. */
  lianpu.fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) {
      return Object.prototype.hasOwnProperty.call(values, name) ? String(values[name]) : whole;
    });
  };

  lianpu.json = function (id) {
    var node = document.getElementById(id);
    return node ? JSON.parse(node.textContent) : null;
  };

  /* GET of JSON. An error carries the problem's own words where the server gave some. */
  lianpu.get = function (url) {
    return fetch(url, { headers: { Accept: "application/json" } }).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (body) {
        if (!response.ok) throw new Error(body.detail || body.title || response.status + " " + response.statusText);
        return body;
      });
    });
  };
})(window.lianpu);
