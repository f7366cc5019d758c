// What the page does: list, sort and filter the verdicts, and walk through the regions.
// Text from the report enters the page as text alone, never as mark-up.
"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var PAGE = 50, PRINTED = 25, ASKED = 200, CHARTED = 15;
  // Places in a row of the data.
  var RULE = 0, OUTCOME = 1, REGION = 2, NAME = 3, PLACE = 4, OBSERVED = 5, LIMIT = 6, MISSING = 7, ADD = 8,
    REASON = 9, FILE = 10, SPOT = 11, OBSERVED_SIZE = 12, LIMIT_SIZE = 13, MISSING_SIZE = 14, WAIVED = 15;
  // Places in a rule, a region and a count of the data.
  var ID = 0, TITLE = 1, CLAUSE = 2, SEVERITY = 3, UNIT = 4;
  var LEVEL = 0, CALLED = 1, PARENT = 2, END = 3;
  var INSIDE = 0, ITSELF = 1; // the kinds of a count; the third is a region judged as a whole

  var rows = data.rows, regions = data.regions, rules = data.rules;
  var state = { region: 0, rule: "", outcome: "", severity: "", text: "", key: "", down: false, page: 0 };
  var adjusted = document.querySelector("#regions .adjusted") !== null; // rates without what is waived as well
  var shown = rows;
  var haystacks = null;
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function at(id) { return document.getElementById(id); }

  function say(code, values) {
    return words[code].replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function count(n) { return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ","); }

  // A part of a whole as a percentage: 100% and 0% only where they are exact, halves to the even digit.
  function rate(part, whole) {
    if (!whole) { return words["not-available"]; }
    if (part === 0 || part === whole) { return part ? "100%" : "0%"; }
    var share = 100 * part / whole;
    for (var digits = 1; digits < 12; digits++) {
      var text = share.toFixed(digits);
      if (digits === 1 && Number.isInteger(share * 4) && !Number.isInteger(share * 2)) {
        var tenths = Math.floor(share * 10);
        text = ((tenths % 2 ? tenths + 1 : tenths) / 10).toFixed(1);
      }
      text = text.replace(/\.?0+$/, "");
      if (text !== "0" && text !== "100" && text !== "") { return text + "%"; }
    }
    return share + "%";
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function isolated(text) { return element("bdi", "", text); }

  function small(parent, text) {
    if (!text) { return; }
    var made = element("small");
    made.appendChild(isolated(text));
    parent.appendChild(made);
  }

  function cell(text, className) { return element("td", className || "", text === "" ? words.none : text); }

  function button(text, act, className) {
    var made = element("button", className || "plain");
    made.type = "button";
    made.appendChild(isolated(text));
    made.addEventListener("click", act);
    return made;
  }

  function replace(parent, children) {
    var all = document.createDocumentFragment();
    children.forEach(function (child) { all.appendChild(child); });
    parent.textContent = "";
    parent.appendChild(all);
  }

  // Regions

  var children = regions.map(function () { return []; });
  regions.forEach(function (region, number) { if (number) { children[region[PARENT]].push(number); } });

  function called(number) {
    return number ? regions[number][CALLED] || words["region-unnamed"] : words["all-regions"];
  }

  function path(number) {
    var found = [];
    for (var k = number; k > 0; k = regions[k][PARENT]) { found.unshift(k); }
    return found;
  }

  function inside(number, region) { return number >= region && number < regions[region][END]; }

  // A region that holds one other alone shows what is in that one.
  function opened(number) {
    while (children[number].length === 1 && children[children[number][0]].length &&
      !data.counts.some(function (c) { return c[0] === number && c[2] === INSIDE; })) {
      number = children[number][0];
    }
    return number;
  }

  function none() { return { passed: 0, failed: 0, notDue: 0, undecided: 0, waived: 0 }; }

  function add(sum, c) {
    sum.passed += c[3];
    sum.failed += c[4];
    sum.notDue += c[5];
    sum.undecided += c[6];
    sum.waived += c[7] || 0;
  }

  function judged(sum) { return sum.passed + sum.failed; }

  function concerned(sum) { return judged(sum) + sum.notDue + sum.undecided; }

  // The lines of the two charts for one region, and the sum of all verdicts in it.
  function sums(region) {
    var around = opened(region), own = none(), all = none(), direct = none();
    var byRegion = {}, byRule = {}, child = {};
    children[around].forEach(function (number) {
      byRegion[number] = none(); // "known" where anything at all was judged there, were it the region itself
      for (var k = number; k < regions[number][END]; k++) { child[k] = number; }
    });
    data.counts.forEach(function (c) {
      if (!inside(c[0], region)) { return; }
      add(all, c);
      byRule[c[1]] = byRule[c[1]] || none();
      add(byRule[c[1]], c);
      if (c[0] === region && region && c[2] !== INSIDE) { add(own, c); }
      var number = child[c[0]];
      if (number) { byRegion[number].known = true; }
      if (number && (c[2] === INSIDE || (c[2] === ITSELF && c[0] !== number))) {
        add(byRegion[number], c);
      } else if (!number && c[2] === INSIDE) {
        add(direct, c);
      }
    });
    return { around: around, own: own, all: all, direct: direct, byRegion: byRegion, byRule: byRule };
  }

  function bar(sum) {
    var made = element("td", "draw");
    made.setAttribute("aria-hidden", "true");
    if (!judged(sum)) { return made; } // also of a region whose figures are no share
    var drawn = at("bar").content.cloneNode(true);
    drawn.querySelector(".fill-pass").setAttribute("width", (100 * sum.passed / judged(sum)).toFixed(2));
    made.appendChild(drawn);
    return made;
  }

  // Of a rule that judged one region as a whole here, what that region came to.
  function whole(rule) {
    var here = data.wholes.filter(function (one) { return one[0] === rule && inside(one[1], state.region); });
    return here.length === 1 ? { fraction: here[0][2], rate: here[0][3], share: here[0][4] } : null;
  }

  function figures(line, sum, own) {
    line.appendChild(cell(own ? own.fraction : count(sum.passed) + "/" + count(judged(sum)), "number"));
    line.appendChild(cell(own ? own.rate : rate(sum.passed, judged(sum)), "number"));
    if (adjusted) { line.appendChild(cell(own ? "" : rate(sum.passed, judged(sum) - sum.waived), "number")); }
    line.appendChild(bar(own ? { passed: own.share, failed: own.share === null ? 0 : 1 - own.share } : sum));
    line.appendChild(cell(count(sum.failed), sum.failed ? "number is-fail" : "number"));
    line.appendChild(cell(count(sum.undecided), sum.undecided ? "number is-no_data" : "number"));
    return line;
  }

  // The lines of a chart, the lowest rate first: of many the lowest alone, which its title says.
  function drawChart(id, title, sums, every, line) {
    function own(n) { return id === "rule-rates" ? whole(n) : null; }
    function low(n) {
      if (own(n)) { return own(n).share === null ? 2 : own(n).share; }
      return judged(sums[n]) ? sums[n].passed / judged(sums[n]) : 2;
    }
    var numbers = Object.keys(sums).map(Number).filter(function (n) { return concerned(sums[n]) || sums[n].known; });
    numbers.sort(function (a, b) { return low(a) - low(b) || a - b; });
    var listed = every ? numbers : numbers.slice(0, CHARTED), cut = listed.length < numbers.length;
    var lowest = say("chart-worst-of", { n: CHARTED, total: count(numbers.length) });
    at(id + "-caption").textContent = title + (cut ? say("brackets", { text: lowest }) : "");
    var more = at("more-" + id);
    more.hidden = !cut;
    more.textContent = say("show-all", { n: count(numbers.length) });
    more.onclick = function () {
      drawChart(id, title, sums, true, line);
      document.querySelectorAll("#" + id + " tbody tr")[CHARTED].querySelector("button").focus();
    };
    var body = document.querySelector("#" + id + " tbody");
    replace(body, listed.map(function (number) {
      var made = element("tr"), head = element("th");
      head.scope = "row";
      line(number, made, head);
      made.appendChild(head);
      return figures(made, sums[number], own(number));
    }));
    return body;
  }

  function remark(body, text) {
    var line = element("tr"), only = element("td", "", text);
    only.colSpan = adjusted ? 7 : 6;
    line.appendChild(only);
    body.appendChild(line);
  }

  function drawRegions(found) {
    var title = say("regions-caption", { region: called(found.around) });
    var body = drawChart("regions", title, found.byRegion, false, function (number, line, head) {
      line.dataset.region = number;
      head.appendChild(button(called(number), function () { choose(number); }));
    });
    if (!body.rows.length) {
      remark(body, words["no-children"]);
    } else if (concerned(found.direct)) {
      var rest = element("tr"), head = element("th", "", words["region-unnamed"]);
      head.scope = "row";
      rest.appendChild(head);
      body.appendChild(figures(rest, found.direct));
    }
  }

  function drawRules(found) {
    var title = say("rules-caption", { region: called(state.region) });
    var body = drawChart("rule-rates", title, found.byRule, false, function (number, line, head) {
      var rule = rules[number];
      var name = button(rule[ID], function () {
        state.rule = state.rule === String(number) ? "" : String(number);
        at("by-rule").value = state.rule;
        list();
        pressed();
      });
      name.dataset.rule = number;
      name.setAttribute("aria-pressed", String(state.rule === String(number)));
      line.dataset.rule = number;
      head.appendChild(name);
      small(head, rule[TITLE]);
    });
    if (!body.rows.length) { remark(body, words["all-rules-idle"]); }
  }

  function pressed() {
    document.querySelectorAll("#rule-rates button").forEach(function (one) {
      one.setAttribute("aria-pressed", String(one.dataset.rule === state.rule));
    });
  }

  function drawPath() {
    replace(at("path"), [0].concat(path(state.region)).map(function (number) {
      var item = element("li");
      if (number === state.region) {
        var here = isolated(called(number));
        here.setAttribute("aria-current", "location");
        here.tabIndex = -1;
        item.appendChild(here);
      } else {
        item.appendChild(button(called(number), function () { choose(number); }));
      }
      return item;
    }));
  }

  function drawRates() {
    var found = sums(state.region);
    drawPath();
    drawRegions(found);
    drawRules(found);
    var text = say("region-status", {
      region: path(state.region).map(called).join(" / ") || called(0),
      judged: count(judged(found.all)), passed: count(found.all.passed), failed: count(found.all.failed),
      notDue: count(found.all.notDue), undecided: count(found.all.undecided)
    });
    if (concerned(found.own)) { text += say("region-own", { n: count(concerned(found.own)) }); }
    at("region-status").textContent = text;
  }

  function choose(number) {
    state.region = number;
    drawRates();
    list();
    at("path").querySelector("[aria-current]").focus({ preventScroll: true });
  }

  // The list

  function haystack(row) {
    var rule = rules[row[RULE]];
    return [row[NAME], data.places[row[PLACE]], rule[ID], rule[TITLE], rule[CLAUSE], row[REASON], row[SPOT],
      data.files[row[FILE]]].join("\n").toLowerCase();
  }

  function matching() {
    var rule = state.rule === "" ? -1 : Number(state.rule);
    var outcome = state.outcome === "" ? -1 : Number(state.outcome);
    var severity = state.severity === "" ? -1 : Number(state.severity);
    var parts = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    if (parts.length && !haystacks) { haystacks = rows.map(haystack); }
    var low = state.region, high = regions[state.region][END];
    return rows.filter(function (row, k) {
      return (rule < 0 || row[RULE] === rule) && (outcome < 0 || row[OUTCOME] === outcome) &&
        (severity < 0 || rules[row[RULE]][SEVERITY] === severity) && row[REGION] >= low && row[REGION] < high &&
        parts.every(function (part) { return haystacks[k].indexOf(part) >= 0; });
    });
  }

  function mixed(found) {
    return found.some(function (row) { return rules[row[RULE]][UNIT] !== rules[found[0][RULE]][UNIT]; });
  }

  function size(place) { return function (row) { return row[place]; }; }

  function share(row) {
    if (row[MISSING_SIZE] === null) { return null; }
    return row[LIMIT_SIZE] ? row[MISSING_SIZE] / Math.abs(row[LIMIT_SIZE]) : row[MISSING_SIZE];
  }

  var ORDERS = {
    name: function (row) { return row[NAME]; },
    rule: size(RULE),
    severity: function (row) { return rules[row[RULE]][SEVERITY]; },
    outcome: size(OUTCOME),
    observed: size(OBSERVED_SIZE),
    required: size(LIMIT_SIZE),
    reason: function (row) { return row[REASON]; },
    spot: function (row) { return data.files[row[FILE]] + " " + row[SPOT]; }
  };

  // Rows in the order asked for; those without a value stand last either way.
  function sorted(found) {
    if (!state.key) { return found; }
    var of = state.key === "missing" ? (mixed(found) ? share : size(MISSING_SIZE)) : ORDERS[state.key];
    var values = found.map(of), sign = state.down ? -1 : 1;
    if (values.some(function (value) { return typeof value === "string"; })) {
      // Compared once for each distinct text: names and reasons come again and again.
      var distinct = Array.from(new Set(values)).sort(collator.compare), rank = new Map();
      distinct.forEach(function (text, k) { rank.set(text, k); });
      values = values.map(function (text) { return rank.get(text); });
    }
    var order = found.map(function (_, k) { return k; });
    order.sort(function (a, b) {
      if (values[a] === null || values[b] === null) {
        return (values[a] === null) - (values[b] === null) || a - b;
      }
      return sign * (values[a] - values[b]) || a - b;
    });
    return order.map(function (k) { return found[k]; });
  }

  function drawRow(row) {
    var rule = rules[row[RULE]], outcome = data.outcomes[row[OUTCOME]], line = element("tr");
    var head = element("th");
    head.scope = "row";
    head.appendChild(isolated(row[NAME]));
    small(head, data.places[row[PLACE]]);
    line.appendChild(head);
    var what = element("td", "", rule[ID]), clause = isolated(rule[CLAUSE]);
    clause.className = "clause";
    what.appendChild(document.createTextNode(" "));
    what.appendChild(clause);
    small(what, rule[TITLE]);
    line.appendChild(what);
    line.appendChild(cell(data.severities[rule[SEVERITY]]));
    line.appendChild(cell(outcome[1] + (row[WAIVED] ? words[row[WAIVED] > 1 ? "explained-mark" : "waived-mark"] : ""), "is-" + outcome[0]));
    line.appendChild(cell(row[OBSERVED], "number"));
    line.appendChild(cell(data.limits[row[LIMIT]], "number"));
    var missing = cell(row[MISSING], "number");
    if (row[ADD]) { small(missing, say("to-add", { value: row[ADD] })); }
    line.appendChild(missing);
    var reason = element("td", "reason");
    reason.appendChild(isolated(row[REASON]));
    line.appendChild(reason);
    var where = cell(row[SPOT], "spot");
    small(where, data.files[row[FILE]]);
    line.appendChild(where);
    return line;
  }

  function pages() { return Math.max(1, Math.ceil(shown.length / PAGE)); }

  function status() {
    var n = count(shown.length), total = count(rows.length), first = state.page * PAGE;
    var parts = [shown.length === rows.length ? say("count", { n: n }) : say("count-some", { n: n, total: total })];
    if (!shown.length) { return parts.concat(words["no-match"]).join(words.semicolon); }
    parts.push(say("window", { first: count(first + 1), last: count(Math.min(first + PAGE, shown.length)) }));
    if (state.key === "missing" && mixed(shown)) { parts.push(words["sorted-share"]); }
    if (state.key) {
      var title = document.querySelector('#verdicts th[data-key="' + state.key + '"]').textContent;
      parts.push(say(state.down ? "sorted-down" : "sorted-up", { column: title }));
    } else {
      parts.push(words["urgent-first"]);
    }
    return parts.join(words.semicolon);
  }

  function drawPage() {
    state.page = Math.min(Math.max(state.page, 0), pages() - 1);
    var first = state.page * PAGE;
    replace(document.querySelector("#verdicts tbody"), shown.slice(first, first + PAGE).map(drawRow));
    at("list-status").textContent = status();
    at("page-number").textContent = say("number", { n: count(state.page + 1), pages: count(pages()) });
    document.querySelectorAll("#pages button").forEach(function (one) {
      var back = one.dataset.to === "first" || one.dataset.to === "previous";
      one.setAttribute("aria-disabled", String(back ? state.page === 0 : state.page === pages() - 1));
    });
  }

  function list() {
    shown = sorted(matching());
    state.page = 0;
    drawPage();
    var chosen = at("chosen-region");
    chosen.hidden = !state.region;
    at("chosen-region-name").textContent = say("region-chosen", { region: path(state.region).map(called).join(" / ") });
  }

  function sortBy(key) {
    var numbers = key === "observed" || key === "required" || key === "missing";
    if (state.key !== key) {
      state.key = key;
      state.down = numbers;
    } else if (state.down === numbers) {
      state.down = !state.down;
    } else {
      state.key = ""; // a third time: the order it came in
    }
    document.querySelectorAll("#verdicts thead th").forEach(function (head) {
      var mine = head.dataset.key === state.key;
      head.setAttribute("aria-sort", mine ? (state.down ? "descending" : "ascending") : "none");
    });
    list();
  }

  function option(select, value, text) {
    var made = element("option", "", text);
    made.value = value;
    select.appendChild(made);
  }

  function fillFilters() {
    var inRows = { rule: new Set(), outcome: new Set(), severity: new Set() };
    rows.forEach(function (row) {
      inRows.rule.add(row[RULE]);
      inRows.outcome.add(row[OUTCOME]);
      inRows.severity.add(rules[row[RULE]][SEVERITY]);
    });
    rules.forEach(function (rule, k) {
      if (inRows.rule.has(k)) { option(at("by-rule"), k, rule[ID] + " " + rule[TITLE]); }
    });
    data.outcomes.forEach(function (outcome, k) {
      if (inRows.outcome.has(k)) { option(at("by-outcome"), k, outcome[1]); }
    });
    data.severities.forEach(function (severity, k) {
      if (inRows.severity.has(k)) { option(at("by-severity"), k, severity); }
    });
    ["rule", "outcome", "severity"].forEach(function (name) {
      at("by-" + name).addEventListener("change", function (event) {
        state[name] = event.target.value;
        list();
        pressed();
      });
    });
    var waiting = 0;
    at("search").addEventListener("input", function (event) {
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        state.text = event.target.value;
        list();
      }, 120);
    });
    at("filters").addEventListener("submit", function (event) { event.preventDefault(); });
    at("clear").addEventListener("click", function () {
      at("filters").reset();
      state.rule = state.outcome = state.severity = state.text = "";
      choose(0);
      at("clear").focus();
    });
    at("clear-region").addEventListener("click", function () {
      choose(0);
      at("search").focus();
    });
  }

  function headButtons() {
    document.querySelectorAll("#verdicts thead th").forEach(function (head) {
      var title = head.textContent, key = head.dataset.key, made = element("button", "sort", title);
      made.type = "button";
      head.dataset.title = title;
      made.addEventListener("click", function () { sortBy(key); });
      head.textContent = "";
      head.appendChild(made);
      head.setAttribute("aria-sort", "none");
    });
  }

  function turnPages() {
    var turns = {
      first: function () { return 0; },
      previous: function () { return state.page - 1; },
      next: function () { return state.page + 1; },
      last: function () { return pages() - 1; }
    };
    document.querySelectorAll("#pages button").forEach(function (one) {
      one.addEventListener("click", function () {
        if (one.getAttribute("aria-disabled") === "true") { return; }
        state.page = turns[one.dataset.to]();
        drawPage();
        at("list-title").scrollIntoView();
      });
    });
  }

  // Light and dark: as the system has it until the reader chooses.

  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    var chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : system.matches;
  }

  function drawTheme() { at("dark").setAttribute("aria-pressed", String(isDark())); }

  at("dark").addEventListener("click", function () {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    drawTheme();
  });
  if (system.addEventListener) { system.addEventListener("change", drawTheme); }

  // Printing: more rows than a page of the screen, and notes opened; afterwards as before.

  var unfolded = [];
  window.addEventListener("beforeprint", function () {
    // The first of hundreds tell nothing; whoever narrows the list down wants it on paper.
    var most = shown.length < rows.length ? ASKED : shown.length <= PRINTED ? PRINTED : 0;
    replace(document.querySelector("#verdicts tbody"), shown.slice(0, most).map(drawRow));
    at("print-note").textContent = shown.length <= most ? ""
      : say(most ? "printed" : "not-printed", { n: count(most), total: count(shown.length) });
    at("list").classList.toggle("left-out", !most);
    unfolded = Array.from(document.querySelectorAll("details:not([open])"));
    unfolded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    at("print-note").textContent = "";
    unfolded.forEach(function (one) { one.open = false; });
    drawPage();
  });
  document.querySelectorAll(".profiles button").forEach(function (one) {
    one.addEventListener("click", function () {
      state.rule = one.dataset.rule;
      at("by-rule").value = state.rule;
      list();
      pressed();
      at("list-title").focus();
    });
  });

  at("print").addEventListener("click", function () { window.print(); });

  // Begin

  document.querySelectorAll(".scripted, #tools").forEach(function (one) { one.hidden = false; });
  if (data.tooFine.length) {
    at("too-fine").hidden = false;
    at("too-fine").textContent = say("too-fine", { levels: data.tooFine.join(words.comma) });
  }
  headButtons();
  fillFilters();
  turnPages();
  drawTheme();
  drawRates();
  list();
}());
