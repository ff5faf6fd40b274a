// Pointing out where on a map: our own areas as polygons, nobody else's tiles. Fetched when it is asked for.
"use strict";

window.estMap = (() => {
  const part = document.getElementById("map-part");
  const form = document.querySelector(".report-form");
  const told = document.getElementById("point-told");
  const buttons = part.querySelector(".map-buttons");
  let map = null;
  let drawn = null;
  let marker = null;
  let areas = null;

  function fetched(name, attributes) {
    return new Promise((resolve, reject) => {
      const made = Object.assign(document.createElement(name), attributes);
      made.addEventListener("load", resolve);
      made.addEventListener("error", reject);
      document.head.append(made);
    });
  }

  async function open() {
    if (map) return;
    try {
      const asked = fetch(part.dataset.areas, {headers: {Accept: "application/geo+json"}});
      await fetched("link", {rel: "stylesheet", href: part.dataset.leafletStyle});
      await fetched("script", {src: part.dataset.leaflet});
      areas = await (await asked).json();
    } catch {
      told.textContent = part.dataset.away;
      return;
    }
    draw();
  }

  function draw() {
    const box = document.getElementById("map");
    box.hidden = buttons.hidden = false;
    document.getElementById("open-map").hidden = true;
    map = L.map(box, {attributionControl: false, zoomControl: false, zoomSnap: 0.5, maxZoom: 18});
    L.control.zoom({zoomInTitle: part.dataset.zoomIn, zoomOutTitle: part.dataset.zoomOut}).addTo(map);
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", part.dataset.map);
    drawn = L.geoJSON(areas, {
      style: (feature) => ({className: feature.properties.is_own ? "map-area map-area-own" : "map-area", weight: 2}),
      onEachFeature: (feature, layer) => layer.bindTooltip(feature.properties.name, {
        permanent: true, direction: "center", className: "map-name", interactive: false,
      }),
    }).addTo(map);
    const own = L.featureGroup(drawn.getLayers().filter((layer) => layer.feature.properties.is_own));
    map.fitBounds((own.getLayers().length ? own : drawn).getBounds(), {padding: [12, 12]});
    map.on("click", (event) => setPoint(event.latlng));
    document.getElementById("point-here").addEventListener("click", () => setPoint(map.getCenter()));
    document.getElementById("forget-point").addEventListener("click", forget);
    document.addEventListener("est:cleared", forget);
    form.addEventListener("reset", () => setTimeout(showChosen));
    showChosen();
  }

  // About ten metres is as near as anyone needs to know.
  const rounded = (degrees) => degrees.toFixed(4);

  function setPoint(place) {
    form.elements.longitude.value = rounded(place.lng);
    form.elements.latitude.value = rounded(place.lat);
    const area = areaAt(place);
    if (area) chooseArea(area.area_id);
    showChosen();
  }

  function forget() {
    form.elements.longitude.value = form.elements.latitude.value = "";
    showChosen();
  }

  function showChosen() {
    marker?.remove();
    marker = null;
    const place = {lng: Number(form.elements.longitude.value), lat: Number(form.elements.latitude.value)};
    if (!form.elements.longitude.value) {
      told.textContent = "";
      return;
    }
    marker = L.circleMarker(place, {className: "map-point", radius: 9, weight: 3}).addTo(map);
    const area = areaAt(place);
    told.textContent = area ? part.dataset.chosen.replace("{area}", area.name) : part.dataset.outside;
  }

  // The smallest of the areas that hold the point: a sub-area rather than its district.
  function areaAt(place) {
    const holding = areas.features.filter((feature) => holds(feature.geometry.coordinates, place));
    holding.sort((a, b) => Number(a.properties.kind === "district") - Number(b.properties.kind === "district"));
    return holding[0]?.properties;
  }

  const holds = (rings, place) => rings.reduce((inside, ring) => inside !== crossesOddly(ring, place), false);

  function crossesOddly(ring, {lng, lat}) {
    let inside = false;
    for (let each = 0, before = ring.length - 1; each < ring.length; before = each, each += 1) {
      const [x, y] = ring[each];
      const [previousX, previousY] = ring[before];
      if ((y > lat) !== (previousY > lat) && lng < ((previousX - x) * (lat - y)) / (previousY - y) + x) inside = !inside;
    }
    return inside;
  }

  // The list and the map say the same.
  function chooseArea(areaId) {
    const own = form.querySelector(`[name=area][value="${areaId}"]`);
    const elsewhere = form.querySelector("#area-other");
    if (own) own.checked = true;
    else if (elsewhere) elsewhere.checked = true;
    if (!own && form.elements.other_area) form.elements.other_area.value = areaId;
  }

  return {open};
})();
