// Search as one types, and buttons that copy. Every page works without this file.
(function () {
  "use strict";
  var form = document.querySelector("form.search");
  var field = form && form.querySelector("input");
  var words = form ? form.dataset : {};
  var waiting = [];

  // The index is fetched when somebody begins to search: as a script, so that it works from a folder on disk too.
  function withIndex(then) {
    if (window.kvarterIndex) { then(window.kvarterIndex); return; }
    waiting.push(then);
    if (waiting.length > 1) { return; }
    var script = document.createElement("script");
    script.src = words.root + "search-index.js";
    script.onload = function () {
      waiting.splice(0).forEach(function (next) { next(window.kvarterIndex); });
    };
    script.onerror = function () { waiting = []; };
    document.head.appendChild(script);
  }

  // Small letters without accents; æ, ø and å as the index spells them.
  function fold(text, index) {
    var small = text.toLowerCase().replace(/[æøåäöü]/g, function (letter) { return index.letters[letter] || letter; });
    return small.normalize("NFD").replace(/[\u0300-\u036f]/g, "").split(/[^a-z0-9]+/).filter(Boolean);
  }

  // A word without its ending: longer endings are tried first.
  function stem(word, index) {
    var ending = index.endings.find(function (end) { return word.endsWith(end) && word.length - end.length >= 4; });
    return ending ? word.slice(0, -ending.length) : word;
  }

  // How many letters are wrong, missing, too many or swapped; more than `most` is not counted out.
  function mistakes(a, b, most) {
    if (Math.abs(a.length - b.length) > most) { return most + 1; }
    var before = [], last = [], row = [];
    for (var j = 0; j <= b.length; j++) { last[j] = j; }
    for (var i = 1; i <= a.length; i++) {
      row = [i];
      var least = i;
      for (j = 1; j <= b.length; j++) {
        var same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) { row[j] = Math.min(row[j], before[j - 2] + 1); }
        least = Math.min(least, row[j]);
      }
      if (least > most) { return most + 1; }
      before = last;
      last = row;
    }
    return row[b.length];
  }

  // How well a word that is looked for fits one that is there, from 0 to 1.
  function fit(asked, there) {
    if (asked.word === there) { return 1; }
    if (there.startsWith(asked.stem)) { return 0.9 - 0.02 * Math.min(10, there.length - asked.stem.length); }
    if (asked.stem.length >= 4 && there.indexOf(asked.stem) > 0) { return 0.55; }
    if (there.length >= 5 && asked.word.startsWith(there)) { return 0.4; }
    if (asked.stem.length < 4 || there.length < 4) { return 0; }
    var most = asked.stem.length >= 8 ? 2 : 1;
    var best = most + 1;
    [0, 1, -1].forEach(function (more) {
      best = Math.min(best, mistakes(asked.stem, there.slice(0, asked.stem.length + more), most));
    });
    return best > most ? 0 : 0.35 / best;
  }

  // Entries that have all words; if there are none, those that have the most.
  function find(text, index) {
    var all = fold(text, index);
    var asked = all.filter(function (word) { return index.passed.indexOf(word) < 0; });
    if (!asked.length) { asked = all; }
    asked = asked.map(function (word) { return { word: word, stem: stem(word, index) }; });
    if (!asked.length) { return []; }
    var found = index.entries.map(function (entry, place) {
      var score = 0, has = 0;
      asked.forEach(function (word) {
        var best = 0;
        entry.words.forEach(function (list, field) {
          list.split(" ").forEach(function (there) { best = Math.max(best, index.weights[field] * fit(word, there)); });
        });
        score += best;
        has += best > 0 ? 1 : 0;
      });
      return { entry: entry, place: place, score: score, has: has };
    });
    var most = Math.max.apply(null, found.map(function (hit) { return hit.has; }));
    if (!most) { return []; }
    found = found.filter(function (hit) { return hit.has === most; });
    found.sort(function (a, b) { return b.score - a.score || a.place - b.place; });
    var least = found[0].score * 0.3;
    return found.filter(function (hit) { return hit.score >= least; }).map(function (hit) { return hit.entry; });
  }

  function element(name, text, within) {
    var made = document.createElement(name);
    if (text) { made.textContent = text; }
    if (within) { within.appendChild(made); }
    return made;
  }

  // Writes hits into `list` and how many into `told`; at most `most` are shown.
  function show(hits, list, told, most) {
    list.textContent = "";
    told.textContent = !hits.length ? words.none : hits.length === 1 ? words.one : hits.length + " " + words.many;
    hits.slice(0, most).forEach(function (hit) {
      var item = element("li", "", list);
      var link = element("a", hit.title, item);
      link.href = words.root + hit.page;
      element("span", hit.kind + (hit.note ? ": " + hit.note : ""), item).className = "note";
    });
  }

  // The answers under the field, on every page.
  function suggest() {
    var box = element("div");
    box.className = "hits";
    box.hidden = true;
    form.parentNode.appendChild(box);
    var told = element("p", "", box);
    told.className = "small";
    told.setAttribute("role", "status");
    var list = element("ul", "", box);
    list.className = "links";
    var later;
    field.addEventListener("input", function () {
      clearTimeout(later);
      later = setTimeout(function () {
        var text = field.value.trim();
        if (text.length < 2) { box.hidden = true; return; }
        withIndex(function (index) {
          box.hidden = false;
          show(find(text, index), list, told, 8);
        });
      }, 120);
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && !box.hidden) { box.hidden = true; field.focus(); }
    });
    document.addEventListener("click", function (event) {
      if (!box.contains(event.target) && event.target !== field) { box.hidden = true; }
    });
    document.addEventListener("focusin", function (event) {
      if (!box.contains(event.target) && !form.contains(event.target)) { box.hidden = true; }
    });
  }

  // The page that a search leads to: all hits, above the index by letter.
  function answer() {
    var place = document.getElementById("found");
    var asked = new URLSearchParams(location.search).get("q");
    if (!place || !asked || !asked.trim()) { return; }
    field.value = asked;
    withIndex(function (index) {
      place.hidden = false;
      show(find(asked, index), place.querySelector("ul"), place.querySelector("p"), 60);
      place.querySelector("h2").textContent = words.heading + " “" + asked.trim() + "”";
    });
  }

  // A button under each piece of code.
  function copying(code) {
    var box = code.parentNode;
    var button = element("button", words.copy, box);
    button.type = "button";
    var told = element("span", "", box);
    told.className = "small";
    told.setAttribute("role", "status");
    button.addEventListener("click", function () {
      var done = function () { told.textContent = " " + words.copied; };
      var select = function () {
        var range = document.createRange();
        range.selectNodeContents(code);
        var selection = getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
        if (document.execCommand("copy")) { done(); }
      };
      if (navigator.clipboard) { navigator.clipboard.writeText(code.textContent).then(done, select); } else { select(); }
    });
  }

  if (form) {
    suggest();
    answer();
    document.querySelectorAll(".code pre").forEach(copying);
  }
})();
