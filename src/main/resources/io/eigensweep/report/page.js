// Theme, choice of settings, pictures.

function theme(next) {
  document.documentElement.dataset.theme = next;
  document.getElementById('theme').setAttribute('aria-pressed', String(next === 'dark'));
}

const wantsDark = window.matchMedia('(prefers-color-scheme: dark)');
theme(wantsDark.matches ? 'dark' : 'light');

function filter() {
  const bar = document.getElementById('filter');
  const chips = data.settings.map(setting => {
    const chip = element('button', { type: 'button', class: 'chip' }, sample(setting), setting.name);
    chip.addEventListener('click', () => {
      if (!shown.delete(setting.name)) shown.add(setting.name);
      update();
    });
    return { chip, setting };
  });
  const choose = (text, wanted) => {
    const button = element('button', { type: 'button', class: 'quiet' }, text);
    button.addEventListener('click', () => {
      shown.clear();
      data.settings.filter(wanted).forEach(setting => shown.add(setting.name));
      update();
    });
    return button;
  };
  const paint = () => chips.forEach(({ chip, setting }) => {
    chip.setAttribute('aria-pressed', String(shown.has(setting.name)));
    chip.replaceChildren(sample(setting), setting.name);
  });
  const update = () => {
    paint();
    redraw();
  };
  bar.append(element('span', {}, data.settingsTotal > data.settings.length
    ? `Plots show ${data.settings.length} of ${data.settingsTotal} settings:` : 'Plots show:'),
    ...chips.map(({ chip }) => chip), choose('best of each encoding', setting => setting.best), choose('all', () => true));
  bar.hidden = data.settings.length === 0;
  const few = data.settings.length <= 6;
  data.settings.filter(setting => few || setting.best).forEach(setting => shown.add(setting.name));
  paint();
  redraws.push(paint);
}

function checkpoints() {
  const select = element('select', { 'aria-label': 'Checkpoint of the spectra' },
    element('option', { value: 'last' }, 'at the last checkpoint'), element('option', { value: 'first' }, 'at the first checkpoint'));
  select.addEventListener('change', () => {
    checkpoint.last = select.value === 'last';
    redraw();
  });
  return new Set(data.spectra.map(band => band.epoch)).size > 1 ? select : null;
}

function image(shot, alt) {
  const kind = shot.png.startsWith('/9j/') ? 'jpeg' : 'png';
  return element('img', { src: `data:image/${kind};base64,${shot.png}`, alt });
}

function figure(shot, name, trial) {
  const link = trial && shot.file
    ? element('a', { href: `../artifacts/${encodeURIComponent(trial)}/${encodeURIComponent(shot.file)}` }, 'whole file') : null;
  return element('figure', { class: 'shot' }, image(shot, `${shot.title} of ${name}`),
    element('figcaption', {}, element('b', {}, shot.title), ' ', shot.caption, link ? ' ' : null, link));
}

function made(trial, name) {
  const setting = settingsByName.get(trial.setting);
  const score = [trial.psnr === null ? 'exact' : `${trial.psnr.toFixed(2)} dB`];
  if (trial.msSsim !== null) score.push(`MS-SSIM ${trial.msSsim.toFixed(3)}`);
  return element('article', { class: 'made' },
    element('div', { class: 'key' }, setting ? sample(setting) : null, element('h3', {}, trial.setting)),
    element('p', { class: 'score' }, score.join(' · ')),
    ...trial.shots.map(shot => figure(shot, `${trial.setting}, ${name}`, trial.trialId)));
}

function radial(entry) {
  const series = entry.trials.filter(trial => trial.frequencies.length > 0).map(trial => {
    const setting = settingsByName.get(trial.setting);
    return { ...(setting ? ofSetting(setting) : { name: trial.setting, color: css('--soft') }), name: trial.setting,
      points: trial.frequencies.map((frequency, at) => ({ x: frequency, y: trial.error[at] })) };
  });
  return { id: 'radial', title: 'Error by spatial frequency', wide: true, series, range,
    x: { name: 'frequency [cycles per pixel]', short: 'frequency' },
    y: { name: 'part of the mean squared error', short: 'error', log: true, ...decades(series.flatMap(each => each.points.map(point => point.y))) },
    caption: 'The squared error of the picture above, split by the spatial frequency it has: coarse structure at the left, pixel detail at the right. '
      + 'The parts of a curve add up to its mean squared error. A network that has not learnt fine detail is high at the right.',
    empty: 'The error can be split by frequency only where both the picture and its reconstruction can be read.' };
}

function pictures() {
  const section = document.getElementById('pictures');
  const entries = data.gallery.entries;
  if (entries.length === 0) {
    section.append(element('p', { class: 'empty' },
      'No reconstruction is stored. A job keeps them with “artifacts: [reconstruction]”; with “weights” too, the learned grids are shown.'));
    return;
  }
  const select = element('select', { id: 'picture' }, ...entries.map((entry, at) => element('option', { value: at }, entry.name)));
  const step = (text, label, by) => {
    const button = element('button', { type: 'button', 'aria-label': label }, text);
    button.addEventListener('click', () => {
      select.selectedIndex = (select.selectedIndex + by + entries.length) % entries.length;
      changed();
    });
    return button;
  };
  const gallery = element('div', { class: 'gallery', 'aria-live': 'polite' });
  const show = () => {
    const entry = entries[select.selectedIndex];
    const cards = entry.trials.map(trial => made(trial, entry.name));
    if (entry.original || entry.note) {
      cards.unshift(element('article', { class: 'made' }, element('div', { class: 'key' }, element('h3', {}, 'Original')),
        element('p', { class: 'score' }, entry.name),
        entry.original ? figure(entry.original, entry.name, null) : null,
        entry.note ? element('p', { class: 'empty' }, entry.note) : null));
    }
    gallery.replaceChildren(...cards);
  };
  select.addEventListener('change', () => changed());
  redraws.push(show);
  const counted = data.gallery.pictures > entries.length ? `${entries.length} of ${data.gallery.pictures} pictures, evenly by name` : '';
  section.append(
    element('p', { class: 'soft' }, 'What the best setting of each encoding, and some of the next best, made of a picture. The same scale of colours holds for all error maps.'),
    element('div', { class: 'picker' }, element('label', { for: 'picture' }, 'Picture'), select,
      step('‹', 'Previous picture', -1), step('›', 'Next picture', 1), element('span', { class: 'soft' }, counted)),
    gallery);
  show();
  const drawRadial = plot('radial', () => radial(entries[select.selectedIndex]), section);
  function changed() {
    show();
    drawRadial();
  }
}

filter();
for (const section of document.querySelectorAll('[data-plots]')) {
  for (const id of section.dataset.plots.split(' ').filter(each => each !== 'freezing' || arms.length > 0)) plot(id, models[id], section, id === 'spectra' ? checkpoints() : null);
}
pictures();

document.getElementById('theme').addEventListener('click', () => {
  theme(dark() ? 'light' : 'dark');
  redraw();
});
wantsDark.addEventListener('change', event => {
  theme(event.matches ? 'dark' : 'light');
  redraw();
});

let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (window.innerWidth !== width) {
    width = window.innerWidth;
    charts.forEach(({ chart }) => chart.resize());
  }
});

// On paper: light, at the width of the page, and back.
let before = 'light';
window.addEventListener('beforeprint', () => {
  before = document.documentElement.dataset.theme;
  theme('light');
  redraw();
  charts.forEach(({ chart }) => chart.resize({ width: Math.min(660, chart.getWidth()) }));
});
window.addEventListener('afterprint', () => {
  theme(before);
  redraw();
});
document.documentElement.dataset.ready = 'true';
