// The data, and how its names, numbers and colours are shown. Text from data goes into the page as text only.
const data = JSON.parse(document.getElementById('data').textContent);

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

function power(value) {
  const exponent = Math.round(Math.log10(value));
  return '10' + [...String(exponent)].map(c => SUPERSCRIPT[c]).join('');
}

/** Short, for axes and tips. */
function short(value) {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replace('e+', 'e');
  return String(Number(value.toPrecision(4)));
}

/** All digits that matter, for the tables under the plots. */
function digits(value) {
  if (value === null || value === undefined) return '';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(8)));
}

// Okabe and Ito's colours, which the colour-blind tell apart, by encoding: for light, for dark paper.
const HUES = {
  identity: ['#596470', '#a9b4bf'],
  fourier: ['#d55e00', '#ff914d'],
  multigrid: ['#0072b2', '#56b4e9'],
  hashgrid: ['#00805e', '#35d0a5'],
};
const OTHER_HUES = [['#a8508a', '#e08bc4'], ['#8a7400', '#e6d04a'], ['#6a51a3', '#b19cf0']];
const DASHES = ['solid', 'dashed', 'dotted'];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'];

function dark() {
  return document.documentElement.dataset.theme === 'dark';
}

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function mixed(hex, other, share) {
  const parts = [1, 3, 5].map(at => Math.round(
    (1 - share) * parseInt(hex.slice(at, at + 2), 16) + share * parseInt(other.slice(at, at + 2), 16)));
  return '#' + parts.map(part => part.toString(16).padStart(2, '0')).join('');
}

const encodings = [...new Set(data.settings.map(setting => setting.encoding))];

function hue(encoding) {
  const unknown = encodings.filter(name => !(name in HUES));
  const pair = HUES[encoding] ?? OTHER_HUES[unknown.indexOf(encoding) % OTHER_HUES.length];
  return pair[dark() ? 1 : 0];
}

/** The look of a setting: the colour of its encoding, and a lightness, a dash and a symbol of its own. */
function look(setting) {
  const relatives = data.settings.filter(other => other.encoding === setting.encoding);
  const at = relatives.indexOf(setting);
  const place = relatives.length < 2 ? 0 : at / (relatives.length - 1);
  const base = hue(setting.encoding);
  const faded = dark() ? mixed(base, '#20262c', 0.45) : mixed(base, '#ffffff', 0.48);
  return {
    color: relatives.length < 2 ? base : mixed(faded, base, place),
    dash: DASHES[(relatives.length - 1 - at) % DASHES.length],
    symbol: SYMBOLS[(relatives.length - 1 - at) % SYMBOLS.length],
  };
}

const settingsByName = new Map(data.settings.map(setting => [setting.name, setting]));

function sample(setting) {
  const { color, dash } = look(setting);
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('width', '26');
  svg.setAttribute('height', '10');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(ns, 'line');
  const attributes = { x1: 1, y1: 5, x2: 25, y2: 5, stroke: color, 'stroke-width': 3, 'stroke-linecap': 'round' };
  if (dash !== 'solid') attributes['stroke-dasharray'] = dash === 'dashed' ? '6 5' : '1 5';
  for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}
