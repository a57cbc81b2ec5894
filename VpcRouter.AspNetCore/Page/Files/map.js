import { age, byId, count, el, healthOf, setText } from "./dom.js";

const map = byId("map");
const cards = new Map();

function tableLine(table) {
  return el("li", { title: table.id }, el("span", { className: "table-name" }, table.name || table.id), el("span", { className: "table-routes" }, ` ${count(table.routes, "route")}${table.main ? ", main" : ""}`));
}

function card(host, onChoose) {
  let known = cards.get(host.host);
  if (!known) {
    known = { button: el("button", { type: "button", className: "host" }), sign: el("span", { className: "sign", "aria-hidden": "true" }), name: el("span", { className: "host-name" }), health: el("span", { className: "host-health" }), routes: el("span", { className: "host-routes" }) };
    known.button.append(known.sign, known.name, known.health, known.routes);
    known.button.addEventListener("click", () => onChoose(host.host));
    cards.set(host.host, known);
  }
  const health = healthOf(host.health);
  const where = host.zone ? "" : ", not in the VPC";
  known.button.dataset.health = host.health ?? "unknown";
  known.button.dataset.host = host.host;
  known.button.title = [host.instance, host.interface, host.subnet].filter(Boolean).join(" · ");
  setText(known.sign, health.sign);
  setText(known.name, host.host);
  setText(known.health, `${health.word}${where}${host.health && host.health_since ? ` for ${age(host.health_since)}` : ""}`);
  setText(known.routes, host.routes === 0 ? "no routes" : count(host.routes, "route"));
  return known.button;
}

/** Shows the zones, each with the tables that serve it and the hosts in it. */
export function showMap(topology, onChoose) {
  const zones = new Map();
  const zone = name => zones.get(name) ?? zones.set(name, { tables: [], hosts: [] }).get(name);
  for (const table of topology.tables) for (const name of table.zones.length > 0 ? table.zones : [""]) zone(name).tables.push(table);
  for (const host of topology.hosts) zone(host.zone ?? "").hosts.push(host);
  const focused = document.activeElement;
  const shown = [...zones.keys()].sort((a, b) => (a === "") - (b === "") || a.localeCompare(b)).map(name => {
    const { tables, hosts } = zones.get(name);
    hosts.sort((a, b) => a.host.localeCompare(b.host, "en", { numeric: true }));
    const id = `zone-${name || "none"}`;
    return el("section", { className: "zone", "aria-labelledby": id },
      el("h3", { id }, name || "In no zone"),
      el("ul", { className: "tables", "aria-label": `Route tables that serve ${name || "no zone"}` }, ...tables.map(tableLine)),
      el("div", { className: "hosts" }, ...hosts.map(host => card(host, onChoose))));
  });
  if (shown.length === 0) shown.push(el("p", { className: "hint" }, topology.spec ? "The VPC hasn't been seen yet." : "No route spec has come yet, so there is nothing to route."));
  map.replaceChildren(...shown);
  if (focused && map.contains(focused)) focused.focus({ preventScroll: true });
  const hidden = (topology.spec?.hosts ?? 0) - topology.hosts.length;
  byId("map-more").hidden = hidden <= 0;
  setText(byId("map-more"), `${count(hidden, "more host")}, all of them as healthy as the healthiest shown.`);
}
