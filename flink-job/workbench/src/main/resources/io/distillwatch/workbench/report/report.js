"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const main = document.querySelector("main");
  const charts = [];

  // ---- small helpers: every text from the data goes in as text, never as markup

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== undefined && value !== null) node.setAttribute(key, value);
    }
    node.append(...children.filter(c => c !== null && c !== undefined));
    return node;
  }
  const count = n => Math.round(n).toLocaleString("en-US");
  const percent = x => x === null || x === undefined ? "–" : (100 * x).toFixed(x > 0 && x < 0.1 ? 1 : 0) + " %";
  const short = v => {
    const a = Math.abs(v);
    if (a !== 0 && a < 0.001) return v.toExponential(1);
    return a >= 100 ? Math.round(v).toLocaleString("en-US") : String(+v.toPrecision(3));
  };
  const when = ms => new Date(ms).toISOString().slice(0, 16).replace("T", " ");
  const span = ms => ms < 7.2e6 ? Math.round(ms / 6e4) + " minutes"
    : ms < 1.728e8 ? +(ms / 3.6e6).toFixed(1) + " hours" : +(ms / 8.64e7).toFixed(1) + " days";
  const plural = (n, one, many) => count(n) + " " + (n === 1 ? one : many || one + "s");
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function table(caption, heads, rows, className) {
    return el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption}, el("table", {class: className},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...heads.map(h => el("th", {scope: "col", class: h.number ? "n" : null}, h.name)))),
      el("tbody", {}, ...rows.map(cells => el("tr", {}, ...cells.map((c, i) =>
        el("td", {class: heads[i].number ? "n" : heads[i].className}, c instanceof Node ? c : String(c))))))));
  }

  function chart(label, option, height) {
    const node = el("div", {class: "chart", role: "img", "aria-label": label});
    if (height) node.style.height = height + "px";
    charts.push({node, option});
    return node;
  }

  function draw() {
    for (const c of charts) {
      if (c.live) c.live.dispose();
      c.live = echarts.init(c.node, null, {renderer: "svg"});
      c.live.setOption(Object.assign({
        animation: false,
        textStyle: {color: css("--ink"), fontFamily: getComputedStyle(document.body).fontFamily},
        aria: {enabled: false}
      }, c.option()));
    }
  }

  const axis = extra => Object.assign({
    axisLine: {lineStyle: {color: css("--line")}}, axisTick: {show: false},
    axisLabel: {color: css("--soft"), hideOverlap: true}, splitLine: {lineStyle: {color: css("--line")}},
    nameTextStyle: {color: css("--soft"), align: "left"}
  }, extra);
  const timeAxis = () => axis({type: "time", min: data.start, max: data.end, splitLine: {show: false},
    axisLabel: {color: css("--soft"), hideOverlap: true,
      formatter: ms => {
        const t = new Date(ms).toISOString();
        return t.slice(11, 16) === "00:00" ? t.slice(8, 10) + " " + new Date(ms).toLocaleString("en-US", {month: "short", timeZone: "UTC"}) : t.slice(11, 16);
      }}});
  const points = line => line.map((v, i) => [data.start + (i + .5) * data.bin, v]);
  const tooltip = () => ({trigger: "axis", backgroundColor: css("--card"), borderColor: css("--line"),
    textStyle: {color: css("--ink")}, formatter: items => {
      const node = el("div", {}, when(items[0].value[0] - data.bin / 2) + " UTC");
      for (const i of items) if (i.value[1]) node.append(el("br"), i.seriesName + ": " + count(i.value[1]));
      return node;
    }});

  // ---- the head

  const live = data.campaigns.filter(c => c.status !== "MERGED" && c.status !== "DISMISSED");
  const members = live.reduce((n, c) => n + c.members, 0);
  const harvested = live.reduce((n, c) => n + c.exchanges, 0);
  const toggle = el("button", {type: "button", "aria-pressed": "false"}, "Dark");

  main.append(
    el("header", {}, el("p", {}, "Distillwatch report"), toggle),
    el("h1", {}, live.length === 0 ? "No campaign was flagged"
      : plural(live.length, "coordinated campaign") + (live.length === 1 ? " was" : " were") + " flagged"),
    el("p", {class: "lead"}, data.accounts === 0 ? "There are no account metrics beside the flags."
      : `In ${plural(data.exchanges, "exchange")} of ${plural(data.accounts, "account")}, from ${when(data.start)} to ${when(data.end)} UTC.`));

  const tile = (name, value, small) => el("div", {class: "tile"}, el("dt", {}, name),
    el("dd", {}, value, small ? el("small", {}, small) : null));
  const tiles = [tile("Accounts named", count(members), live.length ? "members of flagged campaigns" : null),
    tile("Exchanges in campaigns", count(harvested))];
  if (data.planted) {
    const found = data.planted.filter(p => p.found.length).length;
    const worst = Math.max(0, ...data.planted.map(p => p.leakage));
    tiles.unshift(tile("Planted and found", `${found} of ${data.planted.length}`));
    tiles.push(tile("Harvested before the flag", percent(worst), "of the worst planted campaign"),
      tile("False flags", count(data.falseFlags), `${count(data.ordinaryNamed)} ordinary accounts named`));
  }
  if (data.summary) {
    tiles.push(tile("Refused and late", `${count(data.summary.rejected)} / ${count(data.summary.late)}`),
      tile("Rate", count(data.summary.exchanges_per_second) + "/s", `parallelism ${data.summary.parallelism}`));
  }
  main.append(el("dl", {class: "tiles"}, ...tiles));

  if (data.accounts > 0) {
    main.append(el("section", {class: "card"}, el("h4", {}, `All exchanges, by ${span(data.bin)}`),
      el("p", {class: "note"}, "What members of flagged campaigns sent is at the bottom; the lines stand where a campaign was first flagged."),
      chart(`Exchanges over time; ${count(harvested)} by members of flagged campaigns of ${count(data.exchanges)} in all`, () => ({
        tooltip: tooltip(),
        legend: {right: 0, top: 0, icon: "rect", itemWidth: 12, itemHeight: 12, textStyle: {color: css("--soft")}},
        grid: {left: 52, right: 22, top: 34, bottom: 26},
        xAxis: timeAxis(), yAxis: axis({type: "value", minInterval: 1}),
        series: [
          {name: "members of campaigns", type: "bar", stack: "all", barCategoryGap: "0%", data: points(data.inCampaigns),
            itemStyle: {color: css("--harvest")}, markLine: flagLines(live.map(c => c.flagged_at))},
          {name: "everybody else", type: "bar", stack: "all", barCategoryGap: "0%", data: points(data.others), itemStyle: {color: css("--calm")}}]
      }), 230)));
  }

  function flagLines(times, label) {
    return {symbol: "none", silent: true, lineStyle: {color: css("--ink"), type: "solid", width: 2},
      label: {show: !!label, formatter: label || "", color: css("--ink"), position: "end", distance: 4}, data: times.map(t => ({xAxis: t}))};
  }

  // ---- planted against found

  if (data.planted) {
    main.append(el("h2", {}, "Planted and found"), el("div", {class: "card"}, table(
      "A flagged campaign counts for a planted one when at least half of its members belong to it. Leakage is the share of a planted campaign's exchanges up to its first flag.",
      [{name: "Planted"}, {name: "Accounts", number: 1}, {name: "Exchanges", number: 1}, {name: "Found"}, {name: "Flagged after", number: 1},
        {name: "Leakage", number: 1}, {name: "Recall", number: 1}, {name: "Precision", number: 1}, {name: "Pieces", number: 1}],
      data.planted.map(p => [p.name, count(p.accounts), count(p.exchanges),
        p.found.length ? el("span", {class: "yes"}, "✓ found") : el("span", {class: "no"}, "✗ missed"),
        p.flagged_at ? span(p.flagged_at - p.first) : "–", percent(p.leakage),
        percent(p.recall), percent(p.precision), p.found.length]))));
  }

  // ---- one campaign

  if (data.campaigns.length) main.append(el("h2", {}, "Why they were flagged"));
  data.campaigns.forEach((c, number) => {
    const badge = c.status === "MERGED" || c.status === "DISMISSED" ? "dim" : "bad";
    const card = el("article", {class: "card"},
      el("header", {}, el("h3", {}, `${number + 1}. `, el("code", {}, c.id)),
        el("span", {class: "badge " + badge}, c.status.toLowerCase() + (c.merged_into ? " into " + c.merged_into : "")
          + (c.severity ? ", severity " + String(c.severity).toLowerCase() : ""))),
      el("p", {class: "why"}, c.words),
      el("dl", {class: "facts"}, ...[
        ["first flagged", when(c.flagged_at) + " UTC"], ["after", span(c.flagged_at - c.first_seen) + " of activity"],
        ["score", short(c.score)], ["accounts", count(c.accounts)], ["prefixes", count(c.prefixes)], ["exchanges", count(c.exchanges)],
        c.output_tokens ? ["output tokens", count(c.output_tokens)] : null,
        c.models.length ? ["models", c.models.join(", ")] : null,
        c.technique ? ["MITRE ATLAS", c.technique] : null,
        data.planted ? ["planted as", c.planted || "nothing: a false flag"] : null
      ].filter(Boolean).map(([k, v]) => el("div", {}, el("dt", {}, k), el("dd", {}, v)))));

    const pair = el("div", {class: "pair"});
    if (c.timeline.some(v => v)) {
      const before = c.timeline.map((v, i) => data.start + (i + 1) * data.bin <= c.flagged_at ? v : 0);
      const after = c.timeline.map((v, i) => v - before[i]);
      pair.append(el("div", {}, el("h4", {}, `What its members sent, by ${span(data.bin)}`),
        chart(`${count(before.reduce((a, b) => a + b, 0))} exchanges of its members before the flag, ${count(after.reduce((a, b) => a + b, 0))} after`, () => ({
          tooltip: tooltip(), grid: {left: 46, right: 22, top: 34, bottom: 26}, xAxis: timeAxis(), yAxis: axis({type: "value", minInterval: 1}),
          legend: {right: 0, top: 0, icon: "rect", itemWidth: 12, itemHeight: 12, textStyle: {color: css("--soft")}},
          series: [{name: "before the flag", type: "bar", stack: "a", barCategoryGap: "0%", data: points(before), itemStyle: {color: css("--harvest")}, markLine: flagLines([c.flagged_at], "flagged")},
            {name: "after it", type: "bar", stack: "a", barCategoryGap: "0%", data: points(after), itemStyle: {color: css("--before")}}]
        }))));
    }
    if (c.loads.some(v => v)) {
      const labels = data.loadLabels;
      const share = list => { const sum = list.reduce((a, b) => a + b, 0) || 1; return list.map(v => v / sum); };
      pair.append(el("div", {}, el("h4", {}, "Exchanges an account"),
        chart(`Share of accounts by number of exchanges: members ${share(c.loads).map((v, i) => v > .1 ? labels[i] + " " + percent(v) : "").filter(Boolean).join(", ")}; everybody else ${share(data.otherLoads).map((v, i) => v > .1 ? labels[i] + " " + percent(v) : "").filter(Boolean).join(", ")}`, () => ({
          tooltip: {trigger: "axis", backgroundColor: css("--card"), borderColor: css("--line"), textStyle: {color: css("--ink")}, valueFormatter: v => percent(v)},
          legend: {right: 0, top: 0, icon: "rect", itemWidth: 12, itemHeight: 12, textStyle: {color: css("--soft")}},
          grid: {left: 46, right: 8, top: 34, bottom: 26}, xAxis: axis({type: "category", data: labels, splitLine: {show: false}}),
          yAxis: axis({type: "value", axisLabel: {color: css("--soft"), formatter: v => Math.round(100 * v) + " %"}}),
          series: [{name: "members", type: "bar", data: share(c.loads), itemStyle: {color: css("--harvest")}},
            {name: "everybody else", type: "bar", data: share(data.otherLoads), itemStyle: {color: css("--calm")}}]
        }))));
    }
    if (pair.childElementCount) card.append(pair);

    const rows = c.evidence.slice().sort((a, b) => b.score - a.score).map(e => {
      const meter = el("div", {class: "meter", role: "meter", "aria-valuemin": 0, "aria-valuemax": 1, "aria-valuenow": e.score, "aria-label": e.title + ", score"}, el("i"), el("b"));
      meter.firstChild.style.width = 100 * e.score + "%";
      return [el("div", {}, e.title, el("small", {}, e.meaning)), short(e.value), short(e.expected), meter, short(e.score)];
    });
    card.append(el("h4", {style: "margin-top:18px"}, "Evidence"),
      table("Each line is one statistic of the group. The mark in the bar is the bound that ordinary traffic does not pass.",
        [{name: "Statistic", className: "what"}, {name: "This group", number: 1}, {name: "Ordinary", number: 1}, {name: "How far beyond", className: "beyond"}, {name: "Score", number: 1}], rows, "evidence"));

    if (c.top_prefixes.length) {
      card.append(el("h4", {style: "margin-top:18px"}, "Prefixes with most of its accounts"),
        el("ul", {class: "chips"}, ...c.top_prefixes.map(p => el("li", {}, el("code", {}, p)))));
    }
    card.append(el("details", {}, el("summary", {}, `Members (${count(c.members)}${c.member_rows.length < c.members ? ", the first " + count(c.member_rows.length) + " shown" : ""})`),
      table("Accounts of the campaign, most exchanges first", [{name: "Account"}, {name: "Exchanges", number: 1}, {name: "Score", number: 1}, {name: "Joined"}, {name: "First seen"}, {name: "Last seen"}]
        .concat(data.planted ? [{name: "In truth"}] : []),
        c.member_rows.map(m => [el("code", {}, m.account), count(m.exchanges), short(m.score), when(m.joined_at), when(m.first_seen), when(m.last_seen)]
          .concat(data.planted ? [m.truth === null ? "ordinary" : m.truth] : [])))));
    main.append(card);
  });

  // ---- look-alikes

  if (data.lookAlikes && data.lookAlikes.length) {
    main.append(el("h2", {}, "Look-alikes that were there"), el("div", {class: "card"}, table(
      "Ordinary users who share something with a campaign. None of them should be named.",
      [{name: "Kind"}, {name: "Why it looks like one, and what tells it apart"}, {name: "Accounts", number: 1}, {name: "Exchanges", number: 1}, {name: "Result"}],
      data.lookAlikes.map(l => [l.name, l.words, count(l.accounts), count(l.exchanges),
        l.named === 0 ? el("span", {class: "yes"}, "✓ left alone") : el("span", {class: "no"}, "✗ " + plural(l.named, "account") + " named")]))));
  }

  main.append(el("footer", {}, "Times are event times in UTC. Exchanges over time come from the account metrics, at their finest window. "
    + "A score of 0.5 is beyond what ordinary traffic reaches, 1 is as in a planted campaign. Charts: Apache ECharts."));

  // ---- light and dark

  function theme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    toggle.textContent = dark ? "Light" : "Dark";
    toggle.setAttribute("aria-pressed", String(dark));
    draw();
  }
  const wish = matchMedia("(prefers-color-scheme: dark)");
  toggle.addEventListener("click", () => theme(document.documentElement.dataset.theme !== "dark"));
  wish.addEventListener("change", e => theme(e.matches));
  addEventListener("resize", () => charts.forEach(c => c.live && c.live.resize()));
  theme(new URLSearchParams(location.search).get("theme") === "dark" || wish.matches);
})();
