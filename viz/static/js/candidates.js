/* Sliders of the weights: the list is asked for again while they move, and the address keeps them. Without
   scripts the form is sent by its button. */
"use strict";
(function () {
  var form = document.getElementById("weights");
  var list = document.getElementById("candidate-list");
  if (!form || !list) return;
  var timer = null;
  var asked = 0;

  function address() {
    var query = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (value !== "") query.append(name, value); });
    return form.getAttribute("action") + "?" + query;
  }

  function reload() {
    var mine = (asked += 1);
    var url = address();
    list.setAttribute("aria-busy", "true");
    fetch(url, { headers: { Accept: "text/html" } })
      .then(function (response) {
        if (!response.ok) throw new Error(String(response.status));
        return response.text();
      })
      .then(function (text) {
        if (mine !== asked) return;
        var page = new DOMParser().parseFromString(text, "text/html");
        list.replaceChildren.apply(list, Array.from(page.getElementById("candidate-list").childNodes));
        var sources = document.querySelector(".wide-sources");
        sources.replaceChildren.apply(sources, Array.from(page.querySelector(".wide-sources").childNodes));
        history.replaceState(null, "", url);
        list.removeAttribute("aria-busy");
      })
      .catch(function () { if (mine === asked) location.href = url; });
  }

  form.addEventListener("input", function (event) {
    var input = event.target;
    if (input.type === "range") input.nextElementSibling.textContent = Number(input.value).toFixed(2);
    if (input.type === "search") return;
    clearTimeout(timer);
    timer = setTimeout(reload, 180);
  });
})();
