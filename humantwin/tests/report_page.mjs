// The report in a real browser: no console message, no request, no overflow, in light and dark, phone and desk;
// charts drawn, keyboard and theme button alive, tables there without scripts.
//
//   npm i --no-save playwright-core
//   cargo run --example report_sample -- report.html
//   node humantwin/tests/report_page.mjs report.html [folder for pictures]
//
// CHROMIUM names the browser, `/usr/bin/chromium` otherwise.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const [file, pictures] = process.argv.slice(2);
assert.ok(file, "name the report to look at");
const url = pathToFileURL(resolve(file)).href;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = [];
  page.on("console", (m) => seen.push(`console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => seen.push(`error: ${e.message}`));
  page.on("request", (r) => { if (r.url() !== url) seen.push(`request: ${r.url().slice(0, 80)}`); });
  await page.goto(url);
  await page.waitForTimeout(200);
  return { context, page, seen };
}

/* Texts with a contrast under 4.5 to what is behind them (WCAG 2, AA); runs in the page. */
function faint() {
  const parts = (c) => { const n = c.match(/[\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => {
    const v = c[i] / 255;
    return sum + w * (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  }, 0);
  const behind = (e) => { while (e && parts(getComputedStyle(e).backgroundColor)[3] === 0) e = e.parentElement; return e ? getComputedStyle(e).backgroundColor : "rgb(255,255,255)"; };
  const low = new Set();
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.closest("script, .uplot")) continue;
    const style = getComputedStyle(e), svg = e.closest("svg") !== null;
    const a = light(parts(svg ? style.fill : style.color)), b = light(parts(behind(e)));
    if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) low.add(`${e.tagName}.${e.getAttribute("class")}`);
  }
  return [...low];
}

try {
  for (const width of [320, 390, 830, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `${width}-${colorScheme}`;
      const { context, page, seen } = await open({ viewport: { width, height: 900 }, colorScheme });
      const facts = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        inner: innerWidth,
        specs: JSON.parse(document.getElementById("data").textContent).charts.length,
        canvases: document.querySelectorAll(".plot canvas").length,
        background: getComputedStyle(document.body).backgroundColor,
        wide: [...document.querySelectorAll("main *")]
          .filter((e) => !e.closest(".scroll, .vh, svg, .uplot") && e.getBoundingClientRect().right > innerWidth + 0.5)
          .map((e) => e.className || e.tagName),
      }));
      assert.ok(facts.scroll <= facts.inner, `${name}: the page is ${facts.scroll} px wide`);
      assert.deepEqual(facts.wide, [], `${name}: wider than the page`);
      assert.equal(facts.canvases, facts.specs, `${name}: every chart is drawn`);
      const channel = Number(facts.background.match(/\d+/)[0]);
      assert.ok(colorScheme === "dark" ? channel < 80 : channel > 200, `${name}: background ${facts.background}`);
      if (pictures) await page.screenshot({ path: `${pictures}/report-${name}.png`, fullPage: true });

      assert.deepEqual(await page.evaluate(faint), [], `${name}: text contrast of at least 4.5`);
      await page.click("#theme");
      const other = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.notEqual(other, facts.background, `${name}: the button changes the colours`);
      const plots = await page.locator(".plot").count();
      for (let i = 0; i < plots; i++) {
        const plot = page.locator(".plot").nth(i);
        const read = page.locator(`#${await plot.getAttribute("id")}-read`);
        await plot.focus();
        await page.keyboard.press("Home");
        const first = await read.textContent();
        await page.keyboard.press("ArrowRight");
        const next = await read.textContent();
        assert.ok(first.length > 5 && first !== next, `${name}: plot ${i} answers the keys`);
      }
      assert.equal(await page.locator("figure details.data").count(), plots, `${name}: a table for every chart`);
      assert.deepEqual(seen, [], `${name}: silent`);
      await context.close();
    }
  }

  const { context, page } = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 900 } });
  assert.equal(await page.locator("section h2").count(), 12, "all sections without scripts");
  assert.ok((await page.locator("#energy-curve .curve").getAttribute("d")).length > 100, "the curve without scripts");
  assert.ok((await page.locator("noscript").count()) > 0);
  await context.close();
  console.log("report page: as it should be");
} finally {
  await browser.close();
}
