import { age, byId, count, el, healthOf, setText } from "./dom.js";
import { json, NeedsToken, Refused } from "./net.js";

const ROW = 52;
const HEAD = 40;
const CHUNK = 100;
const KEPT_CHUNKS = 60;
const SPARE = 6;
const STATES = { ok: "ok", pending: "about to change", no_router: "no usable host", error: "write refused", absent: "in no table" };

const viewport = byId("rows");
const inner = byId("rows-inner");
const pool = [];
let chunks = new Map();
let query = "";
let generation = 0;
let total = null;
let loading = new Set();
let frame = 0;
let onTrouble = () => {};

function makeRow() {
  const row = { element: el("div", { className: "row", role: "row" }), destination: el("span", { role: "cell", className: "destination" }), state: el("span", { role: "cell", className: "state" }), router: el("span", { role: "cell", className: "router" }), candidates: el("span", { role: "cell", className: "candidates" }), why: el("span", { role: "cell", className: "why" }), shown: null };
  row.element.append(row.destination, row.state, row.router, row.candidates, row.why);
  return row;
}

function candidate(host, isRouter) {
  const health = healthOf(host.health);
  return el("span", { className: "candidate", "data-health": host.health ?? "unknown", "data-router": isRouter ? "true" : "false", title: `${host.host}: ${health.word}${host.zone ? `, ${host.zone}` : ", not in the VPC"}` },
    el("span", { className: "sign", "aria-hidden": "true" }, health.sign), host.host, el("span", { className: "sr" }, ` ${health.word}${isRouter ? ", is the router" : ""}. `));
}

function fill(row, route) {
  if (row.shown === route) return;
  row.shown = route;
  row.element.dataset.destination = route?.destination ?? "";
  row.element.dataset.state = route?.state ?? "";
  row.element.dataset.router = route?.router ?? "";
  setText(row.destination, route?.destination ?? "…");
  setText(row.state, route ? STATES[route.state] ?? route.state : "");
  setText(row.router, route ? route.router ?? route.target ?? "none" : "");
  row.router.title = route && !route.router && route.target ? `${route.target} belongs to no host of the spec` : "";
  row.candidates.replaceChildren(...(route?.candidates ?? []).map(host => candidate(host, host.host === route.router)));
  const why = !route ? "" : route.last_error ? `refused: ${route.last_error.code}: ${route.last_error.message}` : [route.since && `${age(route.since)} ago`, route.reason].filter(Boolean).join(": ") || "found as it is";
  setText(row.why, why);
  row.why.title = why;
}

const routeAt = index => chunks.get(Math.floor(index / CHUNK))?.routes[index % CHUNK];

function render() {
  frame = 0;
  const first = Math.max(0, Math.floor((viewport.scrollTop - HEAD) / ROW) - SPARE);
  const last = Math.min(total ?? 0, Math.ceil((viewport.scrollTop + viewport.clientHeight) / ROW) + SPARE);
  while (pool.length < last - first) {
    const row = makeRow();
    pool.push(row);
    inner.append(row.element);
  }
  for (let i = 0; i < pool.length; i++) {
    // A row keeps its place in the document for as long as it is in sight, so that each scroll fills few of them anew.
    const row = pool[(first + i) % pool.length];
    const index = first + i;
    row.element.hidden = index >= last;
    if (row.element.hidden) continue;
    row.element.style.transform = `translateY(${index * ROW}px)`;
    row.element.setAttribute("aria-rowindex", index + 2);
    fill(row, routeAt(index));
  }
  for (let chunk = Math.floor(first / CHUNK); chunk * CHUNK < last; chunk++) load(chunk);
}

export const schedule = () => { frame ||= requestAnimationFrame(render); };

async function load(chunk) {
  const have = chunks.get(chunk);
  if (loading.has(chunk) || have?.generation === generation) return;
  loading.add(chunk);
  const [mine, asked] = [generation, query];
  try {
    const page = await json(`route_info?limit=${CHUNK}&offset=${chunk * CHUNK}${asked}`);
    if (asked !== query) return;
    setText(byId("bad-query"), "");
    const routes = Object.entries(page.details).map(([destination, details]) => ({ destination, ...details }));
    chunks.delete(chunk);
    chunks.set(chunk, { generation: mine, routes });
    for (const key of chunks.keys()) {
      if (chunks.size <= KEPT_CHUNKS) break;
      chunks.delete(key);
    }
    setTotal(page.total);
  } catch (error) {
    if (asked !== query) return;
    // What can't be had now is asked for when the router has answered again, not at every frame until then.
    chunks.set(chunk, { generation: mine, routes: have?.routes ?? [] });
    if (error instanceof Refused) {
      setText(byId("bad-query"), error.message);
      setTotal(0);
    } else if (error instanceof NeedsToken) onTrouble(error);
  } finally {
    loading.delete(chunk);
    schedule();
  }
}

function setTotal(now) {
  if (total !== now) {
    total = now;
    inner.style.height = `${total * ROW}px`;
    byId("grid").setAttribute("aria-rowcount", total + 1);
  }
  setText(byId("count"), query ? `${count(total, "route")} found` : count(total, "destination"));
}

/** What is shown may be old: asks again for what is in sight, and for the rest when it comes into sight. */
export function refresh() {
  generation++;
  total ??= 0;
  load(Math.floor(Math.max(0, viewport.scrollTop - HEAD) / ROW / CHUNK));
  schedule();
}

/** Shows other routes, from the first. */
export function ask(parameters) {
  const asked = [...Object.entries(parameters)].filter(([, value]) => value).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("");
  if (asked === query) return;
  query = asked;
  chunks = new Map();
  loading = new Set();
  viewport.scrollTop = 0;
  refresh();
}

export function start(trouble) {
  onTrouble = trouble;
  viewport.addEventListener("scroll", schedule, { passive: true });
  new ResizeObserver(schedule).observe(viewport);
}
