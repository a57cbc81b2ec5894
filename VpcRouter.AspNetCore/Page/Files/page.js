import { age, byId, count, el, setClock, setText } from "./dom.js";
import { showMap } from "./map.js";
import { json, NeedsToken, readEvents } from "./net.js";
import * as routes from "./routes.js";
import * as timeline from "./timeline.js";

const RECONNECT = 2000;
const SETTLE = 120;
// No answer is older than a second.
const OLDEST = 1200;
const EVERY = 15000;
let topology = null;
let router = "";
let refreshing = false;
let again = false;
let timer = 0;
let last = 0;
let locked = false;
/** Whether events are coming in. */
let live = false;

function showLink(state, text) {
  byId("link").dataset.state = state;
  setText(byId("link"), text);
}

/** The state in one sentence, for somebody who has never seen the product. */
function headline({ routes: by, health, spec, checks, guards }) {
  if (!spec) return ["warn", "No route spec has come yet: nothing is routed."];
  const held = guards.filter(guard => guard.active).map(guard => guard.name);
  if (held.length > 0) return ["bad", `Changes are held back by ${held.length === 1 ? "the guard" : "the guards"} ${held.join(", ")}.`];
  if (by.error > 0) return ["bad", `${count(by.error, "destination")} can't be brought in line: EC2 refuses the writes.`];
  if (by.no_router > 0) return ["bad", `${count(by.no_router, "destination")} ${by.no_router === 1 ? "has" : "have"} no usable host.`];
  if (by.absent > 0) return ["warn", `${count(by.absent, "destination")} ${by.absent === 1 ? "stands" : "stand"} in no route table.`];
  if (by.pending > 0) return ["warn", `${count(by.pending, "destination")} ${by.pending === 1 ? "is" : "are"} about to change.`];
  const unready = checks.filter(check => !check.ok);
  if (unready.length > 0) return ["warn", `Routed as wanted, but not everything works: ${unready.map(check => check.name).join(", ")}.`];
  if (health.failed > 0) return ["warn", `All ${count(by.ok, "destination")} are routed around ${count(health.failed, "failed host")}.`];
  return ["good", `All ${count(by.ok, "destination")} are routed, every host is healthy.`];
}

function showVerdict() {
  const [tone, text] = headline(topology);
  byId("verdict").dataset.tone = tone;
  setText(byId("headline"), text);
  document.title = `${tone === "good" ? "" : "(!) "}${topology.vpc ?? "VpcRouter"}: ${text}`;
  const { health, spec, seen_at: seen } = topology;
  const hosts = spec ? [health.healthy && `${health.healthy} healthy`, health.questionable && `${health.questionable} questionable`, health.failed && `${health.failed} failed`].filter(Boolean).join(", ") : "";
  setText(byId("subline"), [hosts && `Hosts: ${hosts}.`, seen && `The VPC was last seen ${age(seen)} ago.`, timeline.describeLast()].filter(Boolean).join(" "));
  setText(byId("identity"), [topology.vpc, `version ${topology.version}`, `up for ${age(topology.started_at)}`, topology.dry_run ? "DRY RUN: nothing is written" : null].filter(Boolean).join(" · "));
}

function showAlerts() {
  const alerts = [
    ...topology.guards.filter(guard => guard.active).map(guard => ["bad", `Guard ${guard.name}`, guard.message]),
    ...topology.checks.filter(check => !check.ok && check.name !== "guards").map(check => ["bad", `Not ready: ${check.name}`, check.message]),
    ...(topology.dry_run ? [["warn", "Dry run", "Changes are planned and shown, but not written."]] : []),
    ...topology.warnings.map(warning => ["warn", "Warning", warning]),
  ];
  byId("alerts").hidden = alerts.length === 0;
  const key = JSON.stringify(alerts);
  if (byId("alerts").dataset.key === key) return;
  byId("alerts").dataset.key = key;
  byId("alerts").replaceChildren(...alerts.map(([tone, name, text]) => el("li", { "data-tone": tone }, el("strong", {}, name), ` ${text}`)));
}

function showTables() {
  const select = byId("table");
  const key = topology.tables.map(table => `${table.id} ${table.name}`).join();
  if (select.dataset.key === key) return;
  select.dataset.key = key;
  const chosen = select.value;
  select.replaceChildren(el("option", { value: "" }, "every table"), ...topology.tables.map(table => el("option", { value: table.id }, table.name ? `${table.name} (${table.id})` : table.id)));
  select.value = topology.tables.some(table => table.id === chosen) ? chosen : "";
}

async function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    do {
      again = false;
      topology = await json("topology");
      setClock(topology.time);
      showVerdict();
      showAlerts();
      showMap(topology, choose);
      showTables();
      routes.refresh();
    } while (again);
    // One answer that failed isn't the end of the stream, which would say so itself.
    if (live) showLink("good", "live");
  } catch (error) {
    trouble(error);
  } finally {
    refreshing = false;
  }
}

/**
 * Many events at once are one reason to look: at once at the first of them, once more when they have settled, and a last time when the
 * router can't answer with what it made for others before.
 */
function happened() {
  if (!timer) refresh();
  clearTimeout(timer);
  timer = setTimeout(() => { timer = 0; refresh(); }, SETTLE);
  clearTimeout(last);
  last = setTimeout(refresh, OLDEST);
}

function trouble(error) {
  if (error instanceof NeedsToken) {
    locked = true;
    showLink("bad", "needs a token");
    byId("verdict").dataset.tone = "warn";
    setText(byId("headline"), "This router shows its state only to those who have its token.");
    setText(byId("subline"), "Reload this page and, when the browser asks, give any name, and the token as password.");
  } else {
    showLink("bad", "not connected; trying again");
    if (!topology) setText(byId("headline"), "The router doesn't answer.");
  }
}

async function follow() {
  while (!locked) {
    try {
      const history = await json("history");
      setClock(history.time);
      timeline.replace(history.entries);
      await refresh();
      await readEvents(history.last_event_id, () => {
        live = true;
        showLink("good", "live");
      }, (id, type, data) => {
        timeline.add(type, data);
        happened();
      });
      showLink("bad", "connection lost; trying again");
    } catch (error) {
      trouble(error);
    } finally {
      live = false;
    }
    await new Promise(resolve => { setTimeout(resolve, RECONNECT); });
  }
}

function ask() {
  const text = byId("search").value.trim();
  const isPlace = /^[0-9.]+\.[0-9]+\.[0-9]+\.[0-9]+(\/[0-9]+)?$/.test(text) || (text.includes(":") && !text.endsWith(":"));
  routes.ask({ [isPlace ? "cidr" : "q"]: text, state: byId("state").value, table: byId("table").value, router });
}

function choose(host) {
  router = host;
  byId("router-filter").hidden = !host;
  setText(byId("router-clear"), host ? `${host} ✕` : "");
  byId("router-clear").setAttribute("aria-label", `Show routes of every router, not only of ${host}`);
  ask();
  if (host) byId("routes").scrollIntoView({ block: "start" });
}

byId("filter").addEventListener("submit", event => event.preventDefault());
byId("filter").addEventListener("input", ask);
byId("router-clear").addEventListener("click", () => { choose(""); byId("search").focus(); });
document.addEventListener("keydown", event => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")) {
    event.preventDefault();
    byId("search").focus();
  }
});
setInterval(() => { if (topology && !locked) { refresh(); timeline.show(); } }, EVERY);
routes.start(trouble);
follow();
