// Until Plotly has come over a slow line, a picture is sketched from the same figure: its lines, bars,
// marks, axes and words, where Plotly will put them. No word is made here: all stand in the figure.
// What is not known here is not sketched, so that nothing is shown otherwise than Plotly shows it.
window.lingtiSketch ??= (() => {
  const SVG = "http://www.w3.org/2000/svg", LINE_HEIGHT = 1.3;
  const make = (parent, name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes))
      if (value !== undefined && value !== null) node.setAttribute(key, value);
    return parent.appendChild(node);
  };
  const at = (value, index) => (Array.isArray(value) ? value[index] : value);
  const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
  const canvas = document.createElement("canvas").getContext("2d");
  const parsed = new DOMParser();
  const lines = (text) => String(text).split(/\x3cbr ?\/?>/).map((line) => {
    if (!/[\x3c&]/.test(line)) return { text: line };
    const { body } = parsed.parseFromString(line, "text/html");
    return { text: body.textContent, bold: body.firstElementChild?.tagName === "B" };
  });
  const widest = (texts, size, family) => {
    canvas.font = `${size}px ${family}`;
    return Math.max(0, ...texts.flatMap((text) => lines(text).map((one) => canvas.measureText(one.text).width)));
  };
  const dashes = ({ dash, width = 2 } = {}) => {
    const unit = Math.max(width, 3);
    const parts = { dot: [1, 1], dash: [3, 3], longdash: [5, 5], dashdot: [3, 1, 1, 1], longdashdot: [5, 2, 1, 2] };
    return parts[dash]?.map((part) => part * unit).join();
  };

  // Text of one or more lines, whose first has its baseline at `y`.
  function write(parent, text, x, y, font, anchor) {
    const node = make(parent, "text", { x, y, fill: font.color, "font-size": font.size, "text-anchor": anchor });
    lines(text).forEach((line, index) => {
      const part = make(node, "tspan", {
        x, dy: index ? font.size * LINE_HEIGHT : 0, "font-weight": line.bold ? "bold" : undefined });
      part.textContent = line.text;
    });
  }

  // Where values lie: px along an axis between two px.
  function scale(axis = {}, from, to) {
    const { range = [0, 1], domain = [0, 1], categoryarray: names, type } = axis;
    const low = from + (to - from) * domain[0], high = from + (to - from) * domain[1];
    const day = (value) => (type === "date" ? Date.parse(value) : Number(value));
    const number = (value) => (names && typeof value === "string" ? names.indexOf(value) : day(value));
    const [first, last] = range.map(number);
    const px = (value) => low + ((number(value) - first) / (last - first)) * (high - low);
    return { axis, low, high, number, px, unit: Math.abs((high - low) / (last - first)) };
  }

  const isKnown = ({ data, layout }) => layout.xaxis && layout.yaxis &&
    data.every(({ type }) => type === "scatter" || type === "bar") &&
    Object.entries(layout).every(([name, axis]) => !/^[xy]axis/.test(name) ||
      (axis.range && [undefined, "category", "linear", "date", "-"].includes(axis.type)));

  // The room of the plot: the margins, or what the words beside an axis take.
  function room({ layout }, width, height) {
    const { margin = {}, font, xaxis = {} } = layout;
    const beside = Object.entries(layout).filter(([name, axis]) => /^yaxis/.test(name) && axis.visible !== false);
    const left = beside.map(([, { ticktext, tickfont, ticks, ticklabelstandoff = 0 }]) =>
      widest(ticktext ?? [], tickfont.size, font.family) + ticklabelstandoff + (ticks === "" ? 7 : 4 + tickfont.size / 2));
    const words = xaxis.ticktext ?? [], size = xaxis.tickfont?.size ?? font.size;
    const rows = Math.max(0, ...words.map((text) => lines(text).length));
    const depth = xaxis.visible === false || !rows ? 0 : rows * size * LINE_HEIGHT + (xaxis.ticklabelstandoff ?? 0) + 6 + size / 2;
    const [above, below] = xaxis.side === "top" ? [depth, 0] : [0, depth];
    return {
      left: Math.max(margin.l ?? 80, ...left), right: width - (margin.r ?? 80),
      top: Math.max(margin.t ?? 100, above), bottom: height - Math.max(margin.b ?? 80, below),
    };
  }

  function axes(svg, layout, x, ys, box) {
    for (const y of Object.values(ys)) {
      if (y.axis.visible === false) continue;
      const { tickvals = [], ticktext = [], tickfont, gridcolor, showgrid, ticklabelstandoff = 0 } = y.axis;
      tickvals.forEach((value, index) => {
        const px = y.px(value), rows = lines(ticktext[index]).length;
        if (px > y.low + 1 || px < y.high - 1) return;
        if (gridcolor && showgrid !== false)
          make(svg, "path", { d: `M${box.left},${px}H${box.right}`, stroke: gridcolor });
        const first = px + tickfont.size * (0.35 - ((rows - 1) * LINE_HEIGHT) / 2);
        write(svg, ticktext[index], box.left - 3 - ticklabelstandoff, first, tickfont, "end");
      });
    }
    const { tickvals = [], ticktext = [], tickfont, side, showline, linecolor, visible, showgrid, gridcolor,
      ticklabelstandoff = 0, anchor, title } = x.axis;
    if (visible === false) return;
    const font = { ...layout.font, ...title?.font };
    if (title?.text) write(svg, title.text, (box.left + box.right) / 2, box.bottom + 3 * font.size, font, "middle");
    const above = side === "top", level = above ? box.top : (ys[anchor]?.low ?? box.bottom);
    if (showline) make(svg, "path", { d: `M${box.left},${level}H${box.right}`, stroke: linecolor });
    tickvals.forEach((value, index) => {
      const px = x.px(value), rows = lines(ticktext[index]).length;
      if (px < box.left - 1 || px > box.right + 1) return;
      if (gridcolor && showgrid) make(svg, "path", { d: `M${px},${box.top}V${box.bottom}`, stroke: gridcolor });
      const first = above
        ? level - 6 - ticklabelstandoff - (rows - 1) * tickfont.size * LINE_HEIGHT
        : level + 3 + ticklabelstandoff + tickfont.size;
      write(svg, ticktext[index], px, first, tickfont, "middle");
    });
  }

  // The fill of a number that is less than it seems.
  function hatching(svg, paper, ink) {
    const id = `lt-hatched-${paper}-${ink}`.replaceAll("#", "");
    if (!svg.querySelector(`#${id}`)) {
      const tile = make(svg, "pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse" });
      make(tile, "rect", { width: 7, height: 7, fill: paper });
      make(tile, "path", { d: "M-2,2L2,-2M0,7L7,0M5,9L9,5", stroke: ink, "stroke-width": 2 });
    }
    return `url(#${id})`;
  }

  function bars(svg, { data, layout }, x, ys) {
    const all = data.filter(({ type }) => type === "bar");
    const { barmode = "group", bargap = 0.2, bargroupgap = 0, font } = layout;
    const places = all.flatMap((trace) => (trace.orientation === "h" ? trace.y : trace.x));
    const beside = barmode === "group" && new Set(places).size < places.length ? all.length : 1;
    const ends = {};
    all.forEach((trace, index) => {
      const level = trace.orientation === "h", y = ys[trace.yaxis ?? "y"];
      const [along, across] = level ? [x, y] : [y, x];
      const [names, values] = level ? [trace.y, trace.x] : [trace.x, trace.y];
      const slot = (1 - bargap) / beside, thick = slot * (1 - bargroupgap) * across.unit;
      const middle = beside === 1 ? 0 : (index - (beside - 1) / 2) * slot;
      values.forEach((value, at_) => {
        if (!isNumber(value)) return;
        const { marker = {} } = trace, { line = {}, pattern = {} } = marker, name = names[at_];
        const key = `${name} ${value < 0}`, stacked = barmode === "stack";
        const base = at(trace.base, at_) ?? (stacked ? (ends[key] ?? 0) : 0);
        ends[key] = base + value;
        const [from, to] = [along.px(base), along.px(base + value)];
        const centre = across.px(across.number(name) + middle), length = Math.abs(to - from);
        const side = [Math.min(from, to), centre - thick / 2];
        const hatched = at(pattern.shape, at_) && hatching(svg, at(pattern.bgcolor, at_), at(pattern.fgcolor, at_));
        const fill = hatched || at(marker.color, at_);
        make(svg, "rect", {
          x: level ? side[0] : side[1], y: level ? side[1] : side[0], fill, stroke: at(line.color, at_),
          width: level ? length : thick, height: level ? thick : length, "stroke-width": at(line.width, at_) ?? 0 });
        const error = trace.error_x;
        if (error && level) {
          const [low, high] = [-error.arrayminus[at_], error.array[at_]].map((part) => along.px(value + part));
          make(svg, "path", { d: `M${low},${centre}H${high}M${low},${centre - 4}v8M${high},${centre - 4}v8`,
            stroke: error.color, "stroke-width": error.thickness });
        }
        const text = at(trace.text, at_);
        if (!text || !level) return;
        const own = { color: at(trace.textfont?.color, at_) ?? font.color, size: at(trace.textfont?.size, at_) ?? font.size };
        const inside = trace.textposition === "inside", rows = lines(text).length;
        const first = centre + own.size * (0.35 - ((rows - 1) * LINE_HEIGHT) / 2);
        write(svg, text, inside ? (from + to) / 2 : to + 4, first, own, inside ? "middle" : "start");
      });
    });
  }

  const SHAPES = {
    square: (r) => `M${r},${r}H${-r}V${-r}H${r}Z`,
    diamond: (r) => `M${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0L0,${-1.3 * r}Z`,
    "triangle-up": (r) => `M${-1.15 * r},${r / 2}H${1.15 * r}L0,${-r}Z`,
    "triangle-down": (r) => `M${-1.15 * r},${-r / 2}H${1.15 * r}L0,${r}Z`,
    circle: (r) => `M${r},0A${r},${r} 0 1,1 0,${-r}A${r},${r} 0 0,1 ${r},0Z`,
  };

  function line(svg, trace, x, ys) {
    const y = ys[trace.yaxis ?? "y"], { mode = "lines", line: stroke = {}, marker = {} } = trace;
    const group = make(svg, "g", { opacity: trace.opacity });
    const points = trace.x.map((value, index) =>
      (value === null || !isNumber(trace.y[index]) ? null : [x.px(value), y.px(trace.y[index])]));
    if (mode.includes("lines")) {
      let path = "", before;
      for (const point of points) {
        if (point) path += !before ? `M${point}` : stroke.shape === "hv" ? `H${point[0]}V${point[1]}` : `L${point}`;
        if (point || !trace.connectgaps) before = point;
      }
      make(group, "path", { d: path, fill: "none", stroke: stroke.color, "stroke-width": stroke.width ?? 2,
        "stroke-dasharray": dashes(stroke), "stroke-linejoin": "round" });
    }
    points.forEach((point, index) => {
      if (!point) return;
      const size = at(marker.size, index) ?? 6, [name, open] = (at(marker.symbol, index) ?? "circle").split("-open");
      if (mode.includes("markers") && size) {
        const colour = at(marker.color, index), edge = marker.line ?? {};
        make(group, "path", {
          d: (SHAPES[name] ?? SHAPES.circle)(size / 2), transform: `translate(${point})`, opacity: at(marker.opacity, index),
          fill: open === undefined ? colour : "none", stroke: open === undefined ? at(edge.color, index) : colour,
          "stroke-width": at(edge.width, index) ?? (open === undefined ? 0 : 1) });
      }
      const text = mode.includes("text") && at(trace.text, index);
      if (text) write(group, text, point[0], point[1] - size / 2 - 4, trace.textfont, "middle");
    });
  }

  // The px of one end of a shape or a note: of an axis, or of the whole plot.
  const refer = (ref, value, scaled, from, to) => (ref === "paper" ? from + (to - from) * value : scaled.px(value));

  function shape(svg, one, x, ys, box) {
    const y = ys[one.yref] ?? ys.y;
    const along = (value) => refer(one.xref, value, x, box.left, box.right);
    const pixel = one.xsizemode === "pixel", from = pixel ? along(one.xanchor) : 0;
    const [x0, x1] = [one.x0, one.x1].map((value) => (pixel ? from + value : along(value)));
    const [y0, y1] = [one.y0, one.y1].map((value) => refer(one.yref, value, y, box.bottom, box.top));
    const look = { stroke: one.line?.color, "stroke-width": one.line?.width ?? 2, "stroke-dasharray": dashes(one.line) };
    if (one.type === "line") make(svg, "path", { d: `M${x0},${y0}L${x1},${y1}`, ...look });
    if (one.type !== "rect") return;
    make(svg, "rect", { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0),
      fill: one.fillcolor ?? "none", "fill-opacity": one.opacity, ...look });
  }

  function note(svg, one, x, ys, box, font) {
    const y = ys[one.yref] ?? ys.y, own = { ...font, ...one.font }, pad = one.borderpad ?? 1;
    const rows = lines(one.text), width = widest([one.text], own.size, font.family) + 2 * pad;
    const height = rows.length * own.size * LINE_HEIGHT + 2 * pad;
    const side = (anchor, share, names) => names.indexOf(anchor) >= 0 ? names.indexOf(anchor) / 2
      : share === undefined ? 0.5 : share < 1 / 3 ? 0 : share > 2 / 3 ? 1 : 0.5;
    const across = side(one.xanchor, one.xref === "paper" ? one.x : undefined, ["left", "center", "right"]);
    const down = side(one.yanchor, one.yref === "paper" ? 1 - one.y : undefined, ["top", "middle", "bottom"]);
    const left = refer(one.xref, one.x, x, box.left, box.right) + (one.xshift ?? 0) - across * width;
    const top = refer(one.yref, one.y, y, box.bottom, box.top) - (one.yshift ?? 0) - down * height;
    if (one.bgcolor) make(svg, "rect", { x: left, y: top, width, height, fill: one.bgcolor });
    const anchor = one.align === "left" || across === 0 ? "start" : "middle";
    write(svg, one.text, anchor === "start" ? left + pad : left + width / 2, top + pad + own.size, own, anchor);
  }

  function legend(svg, { data, layout }, box) {
    const { size } = layout.font;
    const named = layout.legend?.traceorder === "reversed" ? [...data].reverse() : data;
    let left = box.left + 20;
    for (const { name, type, marker, line: stroke, showlegend } of named) {
      if (!name || showlegend === false) continue;
      const fill = type === "bar" ? at(marker?.color, 0) : stroke?.color;
      make(svg, "rect", { x: left, y: box.top - 26, width: 12, height: 12, fill });
      write(svg, name, left + 18, box.top - 15, layout.font, "start");
      left += 18 + widest([name], size, layout.font.family) + 20;
    }
  }

  // The sketch of a figure as an SVG so many px wide and high; undefined for what is not known.
  return (figure, width, height) => {
    if (!isKnown(figure)) return undefined;
    const { data, layout } = figure, box = room(figure, width, height);
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({ class: "lt-sketch", width, height, "aria-hidden": true }))
      svg.setAttribute(name, value);
    svg.style.fontFamily = layout.font.family;
    const x = scale(layout.xaxis, box.left, box.right), ys = {};
    for (const [name, axis] of Object.entries(layout))
      if (/^yaxis/.test(name)) ys[name.replace("axis", "")] = scale(axis, box.bottom, box.top);
    axes(svg, layout, x, ys, box);
    const { shapes = [], annotations = [] } = layout;
    shapes.filter(({ layer }) => layer === "below").forEach((one) => shape(svg, one, x, ys, box));
    bars(svg, figure, x, ys);
    data.filter(({ type }) => type === "scatter").forEach((trace) => line(svg, trace, x, ys));
    shapes.filter(({ layer }) => layer !== "below").forEach((one) => shape(svg, one, x, ys, box));
    if (layout.showlegend) legend(svg, figure, box);
    annotations.filter(({ showarrow }) => showarrow === false).forEach((one) =>
      note(svg, one, x, ys, box, layout.font));
    return svg;
  };
})();
