// A plot is a model: axes, series of points {x, y, low?, high?, note?}, level lines and bands. From one model come the
// ECharts drawing and the table under it, so that both hold the same numbers.

const charts = new Map();

/**
 * Where a number is on an axis. ECharts rounds the ticks of its own logarithmic axes to ten decimals, so that those below
 * 1e-10 lie at minus infinity; here such an axis is an even one of decimal logarithms.
 */
function position(value, spec) {
  return spec.log ? Math.log10(value) : value;
}

/** Where a point is: one that is not resolved in the middle of the strip for those, if the axis has one. */
function place(point, model) {
  const on = (value, spec) => (point.unresolved && spec.strip
    ? (position(spec.min, spec) + position(spec.strip, spec)) / 2 : position(value, spec));
  return [on(point.x, model.x), on(point.y, model.y)];
}

function axis(spec, side) {
  const log = spec.log === true;
  const span = log && spec.max ? Math.round(Math.log10(spec.max / spec.min)) : 0;
  return {
    type: spec.categories ? 'category' : 'value',
    data: spec.categories,
    inverse: spec.inverse === true,
    name: spec.name,
    nameLocation: 'middle',
    nameGap: side === 'x' ? 30 : 44,
    nameTextStyle: { color: css('--soft'), fontSize: 12 },
    min: spec.min === undefined ? undefined : position(spec.min, spec),
    max: spec.max === undefined ? undefined : position(spec.max, spec),
    scale: spec.zero !== true,
    minInterval: spec.whole || log ? 1 : undefined,
    axisLine: { show: side === 'x', onZero: false, lineStyle: { color: css('--faint') } },
    axisTick: { show: side === 'x', lineStyle: { color: css('--faint') } },
    axisLabel: {
      color: css('--soft'), fontSize: 11, hideOverlap: true,
      formatter: spec.categories ? undefined : value => (!log ? short(value) : spec.strip && 10 ** value < 0.99 * spec.strip ? '' : power(10 ** value)),
      width: spec.labelWidth, overflow: spec.labelWidth ? 'truncate' : undefined,
    },
    splitLine: { show: side === 'y' || log, lineStyle: { color: css('--line') } },
    splitNumber: 5,
    interval: log ? Math.max(1, Math.ceil(span / 9)) : undefined,
  };
}

/** Whole decades around the positive numbers of the series. */
function decades(values, floor = 0) {
  const positive = values.filter(value => value > floor && Number.isFinite(value));
  if (positive.length === 0) return {};
  const low = Math.floor(Math.log10(Math.min(...positive)) + 1e-9);
  const high = Math.ceil(Math.log10(Math.max(...positive)) - 1e-9);
  return { min: 10 ** low, max: 10 ** (high > low ? high : low + 1) };
}

/**
 * The decades of a coordinate's resolved numbers, and below them a strip for the others: bounds that may lie many orders
 * lower would squash the plot. Where nothing is resolved, the decades of the bounds.
 */
function stripped(points, key) {
  const extent = decades(points.filter(point => !point.unresolved).map(point => point[key]));
  if (extent.min === undefined) return decades(points.map(point => point[key]));
  if (!points.some(point => point.unresolved)) return extent;
  const height = Math.max(1, Math.round(Math.log10(extent.max / extent.min) / 7));
  return { ...extent, min: extent.min / 10 ** height, strip: extent.min };
}

function visible(point, model) {
  if (point.unresolved && (model.y.strip || model.x.strip)) return true;
  return point.y !== null && point.y !== undefined
    && (!model.y.log || point.y > 0 && (model.y.min === undefined || point.y >= model.y.min))
    && (!model.x.log || point.x > 0);
}

function clamp(value, spec) {
  return spec.log && spec.min !== undefined ? Math.max(value ?? spec.min, spec.min) : value;
}

/** The area between low and high of a series. */
function band(series, model) {
  const points = series.points.filter(point => point.low !== null && point.low !== undefined
    && point.high !== null && point.high !== undefined && !(point.unresolved && model.y.strip) && (!model.y.log || point.high > (model.y.min ?? 0)));
  if (points.length === 0) return [];
  const bars = series.bars === true || points.length < 2;
  const color = series.color;
  const lowest = point => position(clamp(point.low, model.y), model.y);
  const highest = point => position(clamp(point.high, model.y), model.y);
  return [{
    type: 'custom', name: series.name + ' (range)', silent: true, clip: true, z: 1,
    data: points.map(point => [position(point.x, model.x), lowest(point), highest(point)]),
    encode: { x: 0, y: [1, 2] },
    renderItem(parameters, api) {
      const at = index => {
        const x = position(points[index].x, model.x);
        return [api.coord([x, lowest(points[index])]), api.coord([x, highest(points[index])])];
      };
      if (bars) {
        const [low, high] = at(parameters.dataIndex);
        const cap = shift => ({ type: 'line', shape: { x1: low[0] - 4, x2: low[0] + 4, y1: shift, y2: shift },
          style: { stroke: color, lineWidth: 1.2 } });
        return { type: 'group', children: [cap(low[1]), cap(high[1]),
          { type: 'line', shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style: { stroke: color, lineWidth: 1.2 } }] };
      }
      if (parameters.dataIndex !== 0) return { type: 'group', children: [] };
      const lows = points.map((_, index) => at(index)[0]);
      const highs = points.map((_, index) => at(index)[1]);
      return { type: 'polygon', shape: { points: [...lows, ...highs.reverse()] }, style: { fill: color, opacity: 0.17 } };
    },
  }];
}

/** A series, and apart from its line what lies in a strip. */
function drawn(series, model) {
  const points = series.points.filter(point => visible(point, model));
  const apart = point => point.unresolved && (model.y.strip || model.x.strip);
  if (series.kind === 'scatter' || !points.some(apart)) return [marked(series, points, model)];
  return [marked(series, points.filter(point => !apart(point)), model),
    marked({ ...series, kind: 'scatter' }, points.filter(apart), model)];
}

function marked(series, points, model) {
  const scatter = series.kind === 'scatter';
  const many = points.length > 24;
  return {
    type: scatter ? 'scatter' : 'line',
    name: series.name,
    data: points.map(point => ({ value: place(point, model), point, symbol: point.symbol,
      itemStyle: point.hollow ? { color: css('--card'), borderColor: series.color, borderWidth: 1.6 } : undefined })),
    symbol: series.symbol ?? 'circle',
    symbolSize: scatter ? 8 : many ? 4 : 7,
    showSymbol: scatter || !many,
    lineStyle: { width: series.thin ? 1.4 : 2.2, type: series.dash ?? 'solid', color: series.color },
    itemStyle: { color: series.color, opacity: scatter ? 0.8 : 1 },
    emphasis: { focus: 'none', scale: 1.4 },
    clip: true,
    z: 3,
  };
}

function bars(series) {
  return {
    type: 'bar', stack: 'all', name: series.name, data: series.points.map(point => ({ value: point.y, point })),
    itemStyle: { color: series.color, decal: series.decal }, barMaxWidth: 22,
  };
}

/** Lines and bands at fixed values, in a series of their own without data. */
function marks(model) {
  const lines = (model.lines ?? []).map(line => ({
    ...(line.x !== undefined ? { xAxis: position(line.x, model.x) } : { yAxis: position(line.y, model.y) }),
    name: line.name,
    lineStyle: { color: css('--faint'), type: 'dashed', width: 1 },
    label: { formatter: () => line.name, color: css('--soft'), fontSize: 11, position: 'insideEndTop' },
  }));
  const strips = [[model.x, 'xAxis', 'insideTopLeft'], [model.y, 'yAxis', 'insideBottomLeft']].filter(([spec]) => spec.strip);
  if (lines.length === 0 && !model.floor && strips.length === 0) return [];
  const mark = { type: 'line', name: 'marks', data: [], silent: true, markLine: { symbol: 'none', data: lines, animation: false } };
  if (model.floor) {
    mark.markArea = {
      silent: true, itemStyle: { color: css('--floor') },
      label: { color: css('--soft'), fontSize: 11, position: 'insideBottomLeft' },
      data: [[{ name: 'below the rounding floor', yAxis: position(model.y.min, model.y) }, { yAxis: position(model.floor, model.y) }]],
    };
  }
  if (strips.length > 0) {
    mark.markArea = {
      silent: true, itemStyle: { color: css('--floor') },
      data: strips.map(([spec, axis, corner]) => [
        { name: 'not resolved', [axis]: position(spec.min, spec), label: { color: css('--soft'), fontSize: 11, position: corner } },
        { [axis]: position(spec.strip, spec) }]),
    };
  }
  return [mark];
}

/** A model and the one that is drawn below it over the same x, if there is one. */
function panels(model) {
  return model.below ? [model, model.below] : [model];
}

function tip(upper, inUpper) {
  return item => {
    const model = upper.below && item.seriesIndex >= inUpper ? upper.below : upper;
    const point = item.data?.point;
    const box = element('div', { class: 'tip' }, element('b', {}, item.seriesName));
    if (!point) return box;
    const line = text => box.append(element('br'), text);
    if (model.x.categories) line(`${item.name}: ${short(point.y)} ${model.value.unit}`);
    else {
      line(`${model.x.short ?? model.x.name}: ${short(point.x)}`);
      line(`${model.y.short ?? model.y.name}: ${point.text ?? short(point.y)}`);
    }
    if (point.low !== undefined && point.low !== null) line(`${model.range}: ${short(point.low)} … ${short(point.high)}`);
    if (point.note) line(point.note);
    return box;
  };
}

/** Room for a legend of few names in one line, on a phone of one name in each. */
function headHeight(model) {
  return window.innerWidth < 600 ? 30 + 24 * (model.named ?? []).length : 64;
}

/** What two panels have in common but their series, which stay with the axes of their own. */
function stacked(model) {
  const [upper, lower] = panels(model).map(single);
  const head = headHeight(model);
  const axes = (name, at) => ({ ...(at === 0 ? upper : lower)[name], gridIndex: at });
  return {
    ...upper,
    tooltip: { ...upper.tooltip, formatter: tip(model, upper.series.length) },
    grid: [{ left: 64, right: 26, top: head, height: 226 }, { left: 64, right: 26, top: head + 286, height: 190 }],
    xAxis: [axes('xAxis', 0), axes('xAxis', 1)],
    yAxis: [axes('yAxis', 0), axes('yAxis', 1)],
    series: [...upper.series, ...lower.series.map(series => ({ ...series, xAxisIndex: 1, yAxisIndex: 1 }))],
  };
}

function option(model) {
  return model.below ? stacked(model) : single(model);
}

function single(model) {
  const category = model.x.categories !== undefined;
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: category ? 12 : 64, right: 26, top: model.legend ? 34 : 16, bottom: category ? 34 : 52, containLabel: category },
    legend: model.legend ? { top: 0, left: 'center', selectedMode: false, icon: model.named ? undefined : 'roundRect', data: model.named,
      textStyle: { color: css('--soft') } } : undefined,
    tooltip: {
      trigger: 'item', confine: true, formatter: tip(model), backgroundColor: css('--card'), borderColor: css('--line'),
      textStyle: { color: css('--ink') }, extraCssText: 'box-shadow: 0 4px 16px rgba(0,0,0,.14); border-radius: 8px',
    },
    xAxis: category ? axis(model.y, 'x') : axis(model.x, 'x'),
    yAxis: category ? { ...axis(model.x, 'y'), axisLabel: { ...axis(model.x, 'y').axisLabel, interval: 0 }, splitLine: { show: false }, name: '' } : axis(model.y, 'y'),
    series: category
      ? model.series.map(bars)
      : [...marks(model), ...model.series.flatMap(series => band(series, model)), ...model.series.flatMap(series => drawn(series, model))],
  };
}

/** The numbers of a plot as a table, made when it is opened. */
function table(model) {
  const all = panels(model).flatMap(panel => panel.series);
  const ranged = all.some(series => series.points.some(point => point.low !== undefined && point.low !== null));
  const noted = all.some(series => series.points.some(point => point.note));
  const headers = ['Series', model.x.name, panels(model).map(panel => panel.y.name ?? panel.value.name).join('; ')];
  if (ranged) headers.push('low', 'high');
  if (noted) headers.push('note');
  const body = element('tbody');
  for (const series of all) {
    for (const point of series.points) {
      const row = element('tr', {}, element('th', { scope: 'row' }, series.name));
      const cells = [typeof point.x === 'string' ? point.x : digits(point.x), digits(point.y)];
      if (ranged) cells.push(digits(point.low), digits(point.high));
      if (noted) cells.push(point.note ?? '');
      cells.forEach((cell, at) => row.append(element('td', { class: at < (ranged ? 4 : 2) ? 'n' : '' }, cell)));
      body.append(row);
    }
  }
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${model.title}: values` },
    element('table', {}, element('thead', {}, element('tr', {}, ...headers.map((text, at) =>
      element('th', { scope: 'col', class: at === 0 || text === 'note' ? '' : 'n' }, text)))), body));
}

function summary(model) {
  const names = panels(model).flatMap(panel => panel.series).map(series => series.name);
  return `${model.title}. ${names.length} series: ${names.slice(0, 12).join(', ')}. The values are in the table below the plot.`;
}

/** Shows the model that make() gives, and again whenever colours or the shown settings change. */
function plot(id, make, parent, control) {
  const heading = element('h3', { id: `p-${id}` });
  const head = element('div', { class: 'head' }, heading, control);
  const chart = element('div', { class: 'chart', role: 'img', 'data-plot': id });
  const empty = element('p', { class: 'empty' });
  const caption = element('figcaption');
  const details = element('details', {}, element('summary', {}, 'Values as a table'));
  const figure = element('figure', { id: `f-${id}`, 'aria-labelledby': `p-${id}` }, head, chart, empty, caption, details);
  parent.append(figure);
  let model = null;
  const fill = () => {
    if (details.open && model.series.length > 0) details.append(table(model));
  };
  details.addEventListener('toggle', () => {
    details.querySelector('.scroll')?.remove();
    fill();
  });
  const draw = () => {
    model = make();
    for (const panel of panels(model)) panel.series = panel.series.filter(series => series.points.length > 0);
    const some = model.series.some(series => series.points.some(point => model.x.categories || visible(point, model)));
    heading.textContent = model.title;
    figure.classList.toggle('wide', model.wide === true);
    chart.hidden = details.hidden = caption.hidden = !some;
    empty.hidden = some;
    empty.textContent = shown.size > 0 || data.settings.length === 0 || id === 'radial' ? model.empty
      : 'No setting is chosen: see “Plots show” at the top of the plots.';
    details.querySelector('.scroll')?.remove();
    charts.get(id)?.chart.dispose();
    charts.delete(id);
    if (!some) return;
    chart.setAttribute('aria-label', summary(model));
    caption.replaceChildren(element('p', {}, model.caption));
    if (model.x.categories) chart.style.height = `${Math.max(170, 80 + 30 * model.x.categories.length)}px`;
    if (model.below) chart.style.height = `${headHeight(model) + 536}px`;
    const drawing = echarts.init(chart, null, { renderer: 'svg' });
    drawing.setOption(option(model));
    charts.set(id, { chart: drawing, model });
    fill();
  };
  draw();
  redraws.push(draw);
  return draw;
}

const redraws = [];

function redraw() {
  redraws.forEach(draw => draw());
}
