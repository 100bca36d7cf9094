/* The report's own script: draws the day charts from the data block, reads days out, switches the theme. */
(function () {
  "use strict";
  var root = document.documentElement;
  var data = JSON.parse(document.getElementById("data").textContent);
  var MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  var DAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
  var charts = [];
  var printing = false;

  function date(i) { return new Date((data.first + i) * 864e5); }
  function short(i) { var d = date(i); return d.getUTCDate() + "\u00a0" + MONTHS[d.getUTCMonth()]; }
  function long(i) { var d = date(i); return DAYS[d.getUTCDay()] + " " + short(i) + " " + d.getUTCFullYear(); }
  function css(name) { return getComputedStyle(root).getPropertyValue(name).trim(); }
  function fixed(v, digits) {
    var parts = Math.abs(v).toFixed(digits).split(".");
    if (parts[0].length > 4) parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, "\u202f");
    return (v < 0 && /[1-9]/.test(parts.join("")) ? "−" : "") + parts.join(".");
  }
  function duration(v) {
    var t = Math.round(v), h = Math.floor(t / 60), m = t % 60;
    return h === 0 ? m + "\u00a0min" : h + "\u00a0h" + (m ? "\u00a0" + m + "\u00a0min" : "");
  }
  function write(format, v) {
    return format === "minutes" ? duration(v) : format === "share" ? fixed(v * 100, 0) + "\u00a0%" : fixed(v, format.number);
  }
  function tick(format, v) {
    if (format === "minutes") return v % 60 ? duration(v) : v / 60 + " h";
    if (format === "share") return fixed(v * 100, 0) + " %";
    return Math.abs(v) >= 10000 ? fixed(v / 1000, v % 1000 ? 1 : 0) + "k" : String(+v.toFixed(2));
  }

  /* One line of words for a day; without a day, the newest one with data. */
  function words(spec, i) {
    var parts = [], low = null, named = spec.series.length > 1;
    spec.series.forEach(function (s) {
      var v = s.data[i];
      if (v === null || v === undefined) return;
      var text = write(spec.format, v) + (s.unit ? " " + s.unit : "");
      if (s.kind === "low") low = write(spec.format, v);
      else if (s.kind === "high") parts.push(s.label + " " + low + "–" + text);
      else parts.push((named ? s.label + " " : "") + text);
    });
    return parts.length ? parts.join(" · ") : "no data";
  }
  function newest(has) {
    for (var i = data.days - 1; i >= 0; i--) if (has(i)) return i;
    return -1;
  }

  function shown(spec) {
    var below = spec.series.filter(function (s) { return s.kind === "stack"; });
    if (!below.length) return spec.series;
    var sum = [];
    var stacked = below.map(function (s) {
      var top = s.data.map(function (v, i) {
        if (v === null) return sum[i] === undefined ? null : sum[i];
        return (sum[i] = (sum[i] || 0) + v);
      });
      return { kind: "stack", color: s.color, data: top };
    });
    return stacked.reverse();
  }

  function build(spec) {
    var box = document.getElementById(spec.id);
    var read = document.getElementById(spec.id + "-read");
    var series = shown(spec), muted = css("--muted"), grid = css("--line"), mark = css("--mark");
    var bands = [];
    var options = [{}];
    series.forEach(function (s, k) {
      var color = css("--c-" + s.color), bar = s.kind === "bar" || s.kind === "stack";
      var o = { stroke: color, width: 1.75, points: { show: false }, spanGaps: false };
      if (bar) { o.fill = color; o.width = 0; o.paths = uPlot.paths.bars({ size: [0.76, 26] }); }
      if (s.kind === "line" && s.color === "quiet") o.width = 1.25;
      if (s.kind === "dots") { o.width = 0; o.paths = function () { return null; }; o.points = { show: true, size: data.days > 120 ? 4 : 5.5, width: 0, fill: color, stroke: color }; }
      if (s.kind === "line") o.points = { show: s.data.some(lone), filter: onlyLone, size: 4.5, width: 0, fill: color, stroke: color };
      if (s.kind === "low" || s.kind === "high") { o.stroke = "transparent"; o.width = 0; }
      if (s.kind === "high") bands.push({ series: [k + 1, k], fill: css("--b-" + s.color) });
      options.push(o);
    });
    function lone(v, i, all) { return v !== null && (all[i - 1] === null || i === 0) && (all[i + 1] === null || i === all.length - 1); }
    function onlyLone(u, k) {
      var out = [];
      u.data[k].forEach(function (v, i) { if (lone(v, i, u.data[k])) out.push(i); });
      return out;
    }
    var fixedEnds = spec.min !== null && spec.max !== null;
    function range(u, low, high) {
      if (low === null) { low = 0; high = 1; }
      if (fixedEnds) { var pad = (spec.max - spec.min) * 0.08; return [spec.min - pad, spec.max + pad]; }
      var room = Math.max((high - low) * 0.12, Math.abs(high) * 0.02, 1e-3);
      return [spec.min !== null ? spec.min : low - room, spec.max !== null ? spec.max : high + room];
    }
    function days() { return data.ticks; }
    var axis = { stroke: muted, font: "11px system-ui, sans-serif", ticks: { show: false }, gap: 6 };
    var y = Object.assign({}, axis, {
      size: 44, space: fixedEnds ? 22 : 34, grid: { stroke: grid, width: 1 },
      values: function (u, splits) { return splits.map(function (v) { return v === null ? null : tick(spec.format, v); }); }
    });
    if (spec.format === "minutes") y.incrs = [15, 30, 60, 120, 180, 240, 360, 480, 720, 1440];
    if (spec.format === "share") y.incrs = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];
    if (fixedEnds) y.splits = function () { return [spec.min, (spec.min + spec.max) / 2, spec.max]; };
    var u = new uPlot({
      width: width(box), height: spec.height, padding: [8, 12, 0, 0], legend: { show: false },
      scales: { x: { time: false, range: [-0.5, data.days - 0.5] }, y: { range: range } },
      axes: [Object.assign({}, axis, {
        size: 26, gap: 10, grid: { show: false }, splits: days, filter: function (u, s) { return s; },
        values: function (u, splits) { return splits.map(short); }
      }), y],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7, width: 0 } },
      series: options, bands: bands,
      hooks: {
        drawClear: [function (u) {
          u.ctx.save(); u.ctx.strokeStyle = mark; u.ctx.lineWidth = devicePixelRatio; u.ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
          data.marks.forEach(function (m) {
            var x = u.valToPos(m[0], "x", true);
            u.ctx.beginPath(); u.ctx.moveTo(x, u.bbox.top); u.ctx.lineTo(x, u.bbox.top + u.bbox.height); u.ctx.stroke();
          });
          u.ctx.restore();
        }],
        setCursor: [function (u) { say(u.cursor.idx); }]
      }
    }, [Array.from({ length: data.days }, function (_, i) { return i; })].concat(series.map(function (s) { return s.data; })), box);
    var last = newest(function (i) { return spec.series.some(function (s) { return s.data[i] !== null; }); });
    function say(i) {
      i = i === null || i === undefined ? last : i;
      var text = i < 0 ? "" : long(i) + ": " + words(spec, i);
      if (read.textContent !== text) read.textContent = text;
    }
    say(null);
    box._go = function (i) { u.setCursor(i === null ? { left: -10, top: -10 } : { left: u.valToPos(i, "x"), top: 4 }); };
    charts.push({ box: box, u: u, spec: spec });
  }

  function width(box) { return printing ? (box.closest(".small") ? 300 : 640) : Math.max(box.clientWidth, 200); }
  function rebuild() {
    charts.forEach(function (c) { c.u.destroy(); });
    charts = [];
    data.charts.forEach(build);
  }

  function strip(spec) {
    var box = document.getElementById(spec.id), area = box.querySelector(".area"), cursor = box.querySelector(".cursor");
    var read = document.getElementById(spec.id + "-read"), rows = area.viewBox.baseVal.height;
    var count = spec.tips.length;
    var last = spec.rest !== undefined ? spec.rest : count - 1;
    while (last >= 0 && spec.rest === undefined && !spec.tips[last]) last--;
    function say(i) {
      cursor.setAttribute("d", i === null ? "" : "M" + (i + 0.5) + " 0V" + rows);
      i = i === null ? last : i;
      var text = i < 0 ? "" : spec.tips[i] || long(i) + ": no data";
      if (read.textContent !== text) read.textContent = text;
    }
    area.addEventListener("pointermove", function (e) {
      var r = area.getBoundingClientRect();
      say(Math.max(0, Math.min(count - 1, Math.floor((e.clientX - r.left) / r.width * count))));
    });
    area.addEventListener("pointerleave", function () { say(null); });
    box._go = say;
    box._count = count;
    say(null);
  }

  function keys(box) {
    var at = null;
    box.addEventListener("keydown", function (e) {
      var last = (box._count || data.days) - 1;
      var to = { ArrowLeft: at === null ? last : at - 1, ArrowRight: at === null ? 0 : at + 1, Home: 0, End: last, Escape: null }[e.key];
      if (to === undefined) return;
      at = to === null ? null : Math.max(0, Math.min(last, to));
      box._go(at);
      e.preventDefault();
    });
    box.addEventListener("blur", function () { if (at !== null) { at = null; box._go(null); } });
  }

  var button = document.getElementById("theme"), dark = matchMedia("(prefers-color-scheme: dark)");
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  function name() { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours"); }
  try { var kept = localStorage.getItem("report-theme"); if (kept === "dark" || kept === "light") root.dataset.theme = kept; } catch (e) { /* not kept for this file */ }
  button.hidden = false;
  button.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("report-theme", root.dataset.theme); } catch (e) { /* not kept for this file */ }
    name(); rebuild();
  });
  dark.addEventListener("change", function () { name(); rebuild(); });

  var before;
  addEventListener("beforeprint", function () { before = root.dataset.theme; root.dataset.theme = "light"; printing = true; rebuild(); });
  addEventListener("afterprint", function () { if (before) root.dataset.theme = before; else delete root.dataset.theme; printing = false; rebuild(); });

  root.classList.add("on");
  name();
  rebuild();
  data.strips.forEach(strip);
  document.querySelectorAll(".plot").forEach(keys);
  new ResizeObserver(function () {
    if (!printing) charts.forEach(function (c) { if (c.u.width !== width(c.box)) c.u.setSize({ width: width(c.box), height: c.spec.height }); });
  }).observe(document.querySelector("main"));
})();
