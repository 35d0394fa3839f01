
(function () {
  "use strict";
  var root = document.documentElement;
  var all = function (what, from) { return Array.prototype.slice.call((from || document).querySelectorAll(what)); };
  var one = function (what, from) { return (from || document).querySelector(what); };
  var kept = {
    get: function (key) { try { return localStorage.getItem(key); } catch (none) { return null; } },
    set: function (key, value) {
      try {
        if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); }
      } catch (none) { return; }
    }
  };
  var cards = all(".card");
  root.classList.add("js");

  var speak = function (language) { root.lang = language; };
  all(".languages input").forEach(function (input) {
    if (kept.get("transhume-language") === input.value) { input.checked = true; }
    if (input.checked) { speak(input.value); }
    input.addEventListener("change", function () {
      kept.set("transhume-language", input.value);
      speak(input.value);
    });
  });

  var fold = function (text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  var names = cards.map(function (card) { return fold(one("bdi", card).textContent); });
  var find = one("#find");
  if (find) {
    find.addEventListener("input", function () {
      var wanted = fold(find.value.trim());
      var found = 0;
      cards.forEach(function (card, at) {
        var fits = names[at].indexOf(wanted) !== -1;
        card.hidden = !fits;
        found += fits ? 1 : 0;
      });
      one(".none").hidden = found !== 0;
    });
  }

  var said = one(".said");
  var tell = function () {
    said.textContent = said.getAttribute("data-copied-" + root.lang);
    setTimeout(function () { said.textContent = ""; }, 2500);
  };
  var copy = function (text) {
    var select = function () {
      var range = document.createRange();
      range.selectNodeContents(text);
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      if (document.execCommand("copy")) { tell(); }
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text.textContent).then(tell, select);
    } else {
      select();
    }
  };

  var command = one("#command");
  var usual = command ? command.textContent : "";
  var count = function () {
    var sent = cards.filter(function (card) { return card.classList.contains("marked"); });
    var told = function (kind, what) {
      var ids = sent.filter(function (card) { return card.classList.contains("remind") === kind; });
      ids = ids.map(function (card) { return card.getAttribute("data-id"); });
      return ids.length ? "transhume invite mark " + ids.join(" ") + " " + what : "";
    };
    var lines = [told(false, "sent"), told(true, "reminded")].filter(Boolean);
    if (command) { command.textContent = lines.length ? lines.join(" && ") : usual; }
  };
  cards.forEach(function (card) {
    var text = one(".text", card);
    var done = one(".done", card);
    var key = "transhume-" + card.getAttribute("data-id") + "-" + text.textContent.length;
    var mark = function (is) {
      done.checked = is;
      card.classList.toggle("marked", is);
    };
    mark(kept.get(key) === "sent");
    done.addEventListener("change", function () {
      kept.set(key, done.checked ? "sent" : null);
      mark(done.checked);
      count();
    });
    one(".copy", card).addEventListener("click", function () { copy(text); });
  });
  count();
})();
