/* "Show more" without leaving the page: takes the longer list from the page that the link leads to. */
"use strict";
(function () {
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-more]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    fetch(link.href, { headers: { Accept: "text/html" } })
      .then(function (response) {
        if (!response.ok) throw new Error(String(response.status));
        return response.text();
      })
      .then(function (text) { replace(link, new DOMParser().parseFromString(text, "text/html")); })
      .catch(function () { location.href = link.href; });
  });

  /* The new list has its own numbers of sources: they are moved behind those that the page has. */
  function replace(link, page) {
    var group = document.getElementById(link.dataset.more);
    var fresh = page.getElementById(link.dataset.more);
    var list = document.querySelector("ol.sources");
    var others = page.querySelectorAll("ol.sources > li");
    if (!fresh || (others.length && !list)) throw new Error("the page has no such list");
    var offset = list ? list.children.length : 0;
    others.forEach(function (item, i) {
      item.id = "source-" + (offset + i + 1);
      item.querySelector(".source-number").textContent = offset + i + 1 + ".";
      list.append(document.adoptNode(item));
    });
    fresh.querySelectorAll("a.note-mark").forEach(function (mark) {
      var n = Number(mark.getAttribute("href").replace("#source-", "")) + offset;
      mark.setAttribute("href", "#source-" + n);
      mark.textContent = mark.textContent.replace(/\d+/, String(n));
    });
    var old = Array.from(group.querySelectorAll("li"));
    if (new URL(link.href).searchParams.has("after")) fresh.querySelector("ul").prepend.apply(fresh.querySelector("ul"), old);
    group.replaceWith(document.adoptNode(fresh));
    var next = document.getElementById(link.dataset.more).querySelectorAll("li")[old.length];
    if (next) next.querySelector("a").focus();
  }
})();
