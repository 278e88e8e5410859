// What each plot shows.

const shown = new Set();
const range = '10–90 %';
const rangeNote = 'Lines are medians, shaded areas the range from the 10 % to the 90 % quantile over pictures and seeds.';
const noKernel = 'No trial of the shown settings has a kernel: the job computes none, or no trial with one has succeeded yet.';
const noQuality = 'No trial has succeeded yet, so there is nothing to show.';

function shownSettings() {
  return data.settings.filter(setting => shown.has(setting.name));
}

function ofSetting(setting) {
  const { color, dash, symbol } = look(setting);
  return { name: setting.name, color, dash, symbol };
}

const checkpoint = { last: true };

/** Of the spectra of a setting the first or the last, with the most points. */
function spectrum(name, term, last = true) {
  const all = data.spectra.filter(band => band.setting === name && band.term === term && band.ranks.length > 0);
  if (all.length === 0) return null;
  const epochs = all.map(band => band.epoch);
  const epoch = last ? Math.max(...epochs) : Math.min(...epochs);
  return all.filter(band => band.epoch === epoch).sort((a, b) => b.points - a.points)[0];
}

/** Of which points the smallest eigenvalues are. */
const scoped = data.scope ? ` ${data.scope}` : '';
const spectraScoped = data.scopeOfSpectra ? ` ${data.scopeOfSpectra}` : '';

/** λ_min of a term at the last checkpoint. */
function lastKernel(name, term) {
  const all = data.spectra.filter(band => band.setting === name && band.term === term);
  return all.sort((a, b) => a.epoch - b.epoch)[all.length - 1];
}

function spectrumPoints(found) {
  return found.ranks.map((rank, at) => ({
    x: rank, y: found.median[at], low: found.low[at], high: found.high[at],
    note: at === found.ranks.length - 1 ? `λ_min: ${bounds(found.lambdaMinLower, found.lambdaMinUpper)}` : undefined,
  }));
}

function bounds(lower, upper) {
  if (lower === upper && lower !== null) return short(lower);
  if (!lower || lower <= 0) return upper === null ? 'unknown' : `< ${short(upper)}`;
  return upper === null ? `> ${short(lower)}` : `${short(lower)} … ${short(upper)}`;
}

function spectra(id, title, caption, empty, series) {
  const floors = series.map(entry => entry.found.floor).filter(floor => floor > 0);
  const floor = floors.length > 0 ? Math.max(...floors) : null;
  const medians = series.flatMap(entry => entry.found.median);
  const extent = decades(medians, floor ?? 0);
  const below = floor !== null && series.some(entry => entry.found.median.some(value => value <= floor));
  if (below && extent.max) extent.min = 10 ** (Math.floor(Math.log10(floor)) - 2);
  return {
    id, title, wide: true, caption, empty, range,
    floor: below ? floor : null,
    x: { name: 'i, from the largest eigenvalue', short: 'i', min: 1, max: Math.max(1, ...series.map(entry => entry.found.points)), whole: true },
    y: { name: 'eigenvalue λᵢ', short: 'λᵢ', log: true, ...extent },
    series: series.map(({ found, ...entry }) => ({ ...entry, points: spectrumPoints(found) })),
  };
}

/** λ_min as a point: its value, or its upper bound, hollow; without a lower bound it is not resolved at all. */
function lambdaPoint(x, lower, upper, more = {}) {
  const resolved = lower !== null && lower === upper;
  return {
    x, y: upper, hollow: !resolved, unresolved: !lower || lower <= 0, symbol: resolved ? undefined : 'triangle', text: bounds(lower, upper),
    note: resolved ? undefined : `not resolved: ${bounds(lower, upper)}`, ...more,
  };
}

const families = [...new Set(data.settings.filter(setting => setting.family).map(setting => setting.family))];

function inFamily(family) {
  return data.settings.filter(setting => setting.family === family).sort((a, b) => a.resolution - b.resolution);
}

/** Families of which a setting is shown: against the resolution each is shown whole. */
function shownFamilies() {
  return families.filter(family => inFamily(family).some(setting => shown.has(setting.name)));
}

/** One line for each family of grids, level ones for the best of the other encodings. */
function byResolution(model, point, better = null) {
  const resolutions = data.settings.filter(setting => setting.family).map(setting => setting.resolution);
  const series = shownFamilies().map(family => {
    const members = inFamily(family);
    const leader = members[members.length - 1];
    const { color, dash, symbol } = look(leader);
    return { name: family, color, dash: families.length > 1 ? dash : 'solid', symbol, points: members.map(member => point(member, member.resolution)).filter(Boolean) };
  });
  const ends = [...new Set([Math.min(...resolutions), Math.max(...resolutions)])];
  if (resolutions.length > 0) {
    for (const setting of shownSettings().filter(each => each.best && !each.family)) {
      const points = ends.map(end => point(setting, end)).filter(Boolean);
      series.push({ ...ofSetting(setting), dash: 'dashed', thin: true, points });
    }
  }
  const lattice = data.settings.filter(setting => setting.family && setting.lattice).map(setting => setting.lattice);
  return {
    ...model, range,
    x: { name: 'resolution R, cells per axis of the finest level', short: 'R', whole: true,
      min: model.lattice && lattice.length > 0 ? Math.floor(0.8 * Math.min(...lattice, ...resolutions)) : undefined },
    series: [...series, ...(better ?? [])],
    lines: model.lattice && new Set(lattice).size === 1
      ? [{ x: lattice[0], name: `R = ${lattice[0]}, points per axis` }] : [],
    empty: families.length === 0 ? 'No encoding of this sweep has a grid, so there is no resolution to plot against.' : model.empty,
  };
}

function scatter(id, title, metric, name) {
  const series = shownSettings().map(setting => ({
    ...ofSetting(setting), kind: 'scatter',
    points: data.trials.filter(trial => trial.setting === setting.name && trial.lambdaUpper !== null && trial[metric] !== null)
      .map(trial => {
        const { y: x, ...rest } = lambdaPoint(0, trial.lambdaLower, trial.lambdaUpper);
        return { ...rest, x, y: trial[metric], text: undefined, note: `${trial.picture}, seed ${trial.seed}` + (rest.note ? `; λ_min ${rest.note}` : '') };
      }),
  }));
  return {
    id, title, series, range, empty: noKernel,
    x: { name: 'λ_min of the last kernel', short: 'λ_min', log: true, ...stripped(series.flatMap(entry => entry.points), 'x') },
    y: { name, short: name },
    caption: 'One mark for each trial, its smallest eigenvalue across and its quality up. Were λ_min to decide the quality, the marks would rise from left to right. '
      + 'Hollow triangles: λ_min is not resolved; those in the strip at the left have an upper bound alone, which the tip says.' + scoped,
  };
}

function curve(id, quantity, title, y, caption) {
  const series = shownSettings().flatMap(setting => data.curves
    .filter(band => band.setting === setting.name && band.quantity === quantity)
    .map(band => ({ ...ofSetting(setting), points: band.epochs.map((epoch, at) => (
      { x: epoch, y: band.median[at], low: band.low[at], high: band.high[at] })) })));
  const extent = y.log ? decades(series.flatMap(entry => entry.points.flatMap(point => [point.low, point.y, point.high]))) : {};
  return { id, title, series, range, caption, empty: 'No trial of the shown settings has finished its training.',
    x: { name: 'epoch', whole: true, zero: true }, y: { ...y, ...extent } };
}

function unfrozen(setting) {
  return setting.name.replace(/ freeze_(grid|network)_at=\S+/g, '');
}

function isFrozen(setting) {
  return (setting.values.freeze_grid_at ?? null) !== null || (setting.values.freeze_network_at ?? null) !== null;
}

/** Settings that differ from a frozen one in what is frozen only. */
const arms = data.settings.filter(setting => data.settings.some(other => isFrozen(other) && unfrozen(other) === unfrozen(setting)));

/** What of a setting is frozen and when, and its look. */
function arm(setting, groups) {
  const [grid, network] = [setting.values.freeze_grid_at ?? null, setting.values.freeze_network_at ?? null];
  const parts = [grid === null ? null : `grid frozen at ${grid}`, network === null ? null : `network frozen at ${network}`].filter(Boolean);
  const label = parts.length === 0 ? 'not frozen' : parts.join(', ');
  const group = groups.indexOf(unfrozen(setting));
  const hues = grid !== null && network !== null ? HUES.identity : grid !== null ? HUES.fourier : network !== null ? HUES.hashgrid : HUES.multigrid;
  return {
    name: groups.length > 1 ? `${label} (${unfrozen(setting)})` : label,
    color: hues[dark() ? 1 : 0], dash: grid === 0 || network === 0 ? 'dashed' : 'solid', symbol: SYMBOLS[group % SYMBOLS.length],
  };
}

/** The kernel that training follows from an epoch on. */
function acting(setting, epoch) {
  const frozen = at => at !== null && at !== undefined && at <= epoch;
  if (frozen(setting.values.freeze_grid_at)) return 'the kernel without the grid';
  return frozen(setting.values.freeze_network_at) ? 'the grid’s kernel' : 'the whole kernel';
}

/** Loss over the epochs with what kernels predict of it, and below the eigenvalues of the kernels. */
function freezing() {
  const groups = [...new Set(shownSettings().map(unfrozen))];
  const members = arms.filter(setting => groups.includes(unfrozen(setting)));
  const looks = new Map(members.map(setting => [setting, arm(setting, groups)]));
  const bandsOf = (setting, term) => data.spectra.filter(band => band.setting === setting.name && band.term === term);
  const kernels = members.flatMap(setting => [...bandsOf(setting, 'total'), ...bandsOf(setting, 'mlp')]);
  const resolved = kernels.every(band => band.lambdaMinLower > 0 && band.lambdaMinLower === band.lambdaMinUpper);
  const middle = band => band.median[band.ranks.indexOf(Math.ceil(band.points / 2))];
  const eigenvalue = band => ({ x: band.epoch, y: resolved ? band.lambdaMinUpper : middle(band), hollow: !resolved && middle(band) <= band.floor,
    note: resolved ? undefined : `λ_min: ${bounds(band.lambdaMinLower, band.lambdaMinUpper)}` + (middle(band) <= band.floor ? '; below the rounding floor' : '') });
  const positive = points => points.filter(point => point.y > 0);
  const losses = members.flatMap(setting => {
    const style = looks.get(setting);
    const decays = data.decays.filter(band => band.setting === setting.name);
    return [
      { ...style, name: `loss, ${style.name}`, points: positive(data.curves.filter(band => band.setting === setting.name && band.quantity === 'loss')
        .flatMap(band => band.epochs.map((epoch, at) => ({ x: epoch, y: band.median[at] })))) },
      { ...style, name: `loss on the kernel’s points, ${style.name}`, kind: 'scatter', symbol: 'circle',
        points: positive(decays.map(band => ({ x: band.epoch, y: band.observed }))) },
      { ...style, name: `predicted, ${style.name}`, kind: 'scatter', symbol: 'diamond', points: positive(decays.map(band => ({
        x: band.epoch, y: band.predicted, hollow: true,
        note: `by ${acting(setting, band.fromEpoch)} of epoch ${band.fromEpoch}, from ${short(band.before)}; `
          + `the whole kernel predicts ${short(band.predictedByTotal)}; observed ${short(band.observed)}` }))) },
    ];
  });
  const eigenvalues = members.flatMap(setting => {
    const style = looks.get(setting);
    return [{ ...style, name: `whole kernel, ${style.name}`, points: positive(bandsOf(setting, 'total').map(eigenvalue)) },
      { ...style, name: `without the grid, ${style.name}`, dash: 'dotted', thin: true, points: positive(bandsOf(setting, 'mlp').map(eigenvalue)) }];
  });
  const moments = [...new Set(members.flatMap(setting => [setting.values.freeze_grid_at, setting.values.freeze_network_at]))].filter(epoch => epoch > 0);
  const x = { name: 'epoch', whole: true, min: 0, max: Math.max(1, ...members.map(setting => setting.values.epochs)) };
  const extent = series => decades(series.flatMap(entry => entry.points.map(point => point.y)));
  const lines = moments.map(epoch => ({ x: epoch, name: `frozen at ${epoch}` }));
  return {
    id: 'freezing', title: 'What freezing does', wide: true, range, x, lines, legend: true,
    named: losses.filter(entry => entry.kind !== 'scatter' && entry.points.length > 0).map(entry => entry.name),
    empty: 'No shown setting was also trained with its grid or its network frozen.',
    y: { name: 'loss (mean squared error)', short: 'loss', log: true, ...extent(losses) }, series: losses,
    below: eigenvalues.every(entry => entry.points.length === 0) ? undefined : { x, lines, series: eigenvalues,
      y: { name: resolved ? 'median λ_min' : 'middle eigenvalue', short: resolved ? 'λ_min' : 'middle λ', log: true, ...extent(eigenvalues) } },
    caption: 'Above: the loss, and at the checkpoints the loss on the kernel’s points (filled) beside what the kernel of the checkpoint before predicts for it '
      + '(hollow diamonds). The line is each epoch’s mean of the loss before a step, so it lies above the filled marks. While all is trained the whole kernel acts; once the grid is frozen the kernel without the grid, the ablation on paper; once the network is '
      + 'frozen the grid’s own. Rows hold the residual in the eigenvectors of the whole kernel only, so a partial kernel’s prediction takes those with '
      + 'its own eigenvalues, rank by rank: an approximation. No prediction spans the moment of freezing. '
      + `Below: ${resolved ? 'λ_min' : 'the middle eigenvalue, of rank ⌈N/2⌉, since some λ_min are not resolved'}, of the whole kernel (solid; dashed where frozen from the start) and `
      + 'of the kernel without the grid (dotted). Medians over pictures and seeds; vertical lines: the moment of freezing.' + spectraScoped,
  };
}

const models = {
  'spectra': () => spectra('spectra', 'Spectra of the kernel',
    `Eigenvalues of the neural tangent kernel, the largest left, the smallest (λ_min) at the right end. ${rangeNote} `
    + 'A slow fall means that fine details are learnt almost as fast as coarse ones. Inside the gray band numbers are rounding noise. '
    + 'The last point of a series has the bounds of λ_min.' + spectraScoped,
    noKernel, shownSettings().flatMap(setting => {
      const found = spectrum(setting.name, 'total', checkpoint.last);
      return found ? [{ ...ofSetting(setting), found }] : [];
    })),
  'spectra-grid': () => spectra('spectra-grid', 'With and without the grid term',
    'Solid: the whole kernel. Dotted: the same network without the part of the kernel that comes from training the grid. '
    + 'The gap between the two is what the learnable grid adds.' + spectraScoped,
    'No shown setting has a kernel with a grid term.',
    shownSettings().filter(setting => setting.family).flatMap(setting => {
      const total = spectrum(setting.name, 'total', checkpoint.last);
      const mlp = spectrum(setting.name, 'mlp', checkpoint.last);
      if (!total || !mlp) return [];
      const base = ofSetting(setting);
      return [{ ...base, dash: 'solid', found: total },
        { ...base, name: `${setting.name}, without grid`, dash: 'dotted', thin: true, found: mlp }];
    })),
  'lambda-resolution': () => {
    const model = byResolution({
      id: 'lambda-resolution', title: 'Smallest eigenvalue against resolution', empty: noKernel, lattice: true,
      caption: 'Median λ_min of the last kernel over pictures and seeds, bars from the 10 % to the 90 % quantile of its bounds; '
        + 'hollow triangles are upper bounds where it is not resolved, in a strip of their own where there is no lower bound. Dotted: the same without the grid term. '
        + 'Diamonds: the grid term alone, a lower bound, since adding a positive semidefinite kernel lowers no eigenvalue (Weyl). '
        + 'Squares: the bound of theory from the interpolation and the gradients at the points (Schur product). '
        + 'Theory expects a jump where cells become smaller than the spacing of the points (vertical line).' + scoped,
    }, (setting, x) => setting.values.lambda_min_n > 0
      ? lambdaPoint(x, setting.values.lambda_min_median_lower, setting.values.lambda_min_median_upper,
        { low: setting.lambdaLow, high: setting.lambdaHigh }) : null,
    shownFamilies().flatMap(family => {
      const members = inFamily(family);
      const color = look(members[members.length - 1]).color;
      const alone = members.map(member => [member, lastKernel(member.name, 'grid')]).filter(([, band]) => band)
        .map(([member, band]) => lambdaPoint(member.resolution, band.lambdaMinLower, band.lambdaMinUpper));
      return [{ name: `${family}, grid term alone (Weyl’s bound)`, color, dash: 'dashed', thin: true, bars: true, symbol: 'diamond', points: alone },
      { name: `${family}, Schur product bound`, color, dash: 'dashed', thin: true, bars: true, symbol: 'rect',
        points: members.filter(member => member.schur.median > 0).map(member => (
          { x: member.resolution, y: member.schur.median, low: member.schur.low, high: member.schur.high })) },
      { name: `${family}, without grid`, color, dash: 'dotted', thin: true, bars: true,
        points: members.filter(member => member.values.lambda_min_no_grid_n > 0).map(member => lambdaPoint(
          member.resolution, member.values.lambda_min_no_grid_median_lower, member.values.lambda_min_no_grid_median_upper)) }];
    }));
    model.series.forEach(series => { series.bars = true; });
    return { ...model, wide: true, y: { name: 'λ_min', log: true, ...stripped(model.series.flatMap(series => series.points), 'y') } };
  },
  'psnr-resolution': () => byResolution({
    id: 'psnr-resolution', title: 'PSNR against resolution', empty: noQuality, y: { name: 'mean PSNR [dB]', short: 'PSNR [dB]' },
    caption: 'Mean over pictures and seeds; shaded: from the 10 % to the 90 % quantile. Dashed: the best settings of encodings without a grid.',
  }, (setting, x) => setting.values.psnr_n > 0
    ? { x, y: setting.values.psnr_mean, low: setting.psnr.low, high: setting.psnr.high } : null),
  'ms-ssim-resolution': () => byResolution({
    id: 'ms-ssim-resolution', title: 'MS-SSIM against resolution', empty: noQuality, y: { name: 'mean MS-SSIM', short: 'MS-SSIM' },
    caption: 'Multi-scale structural similarity, 1 is perfect. Mean and range as in the plot of PSNR.',
  }, (setting, x) => setting.values.ms_ssim_n > 0
    ? { x, y: setting.values.ms_ssim_mean, low: setting.msSsim.low, high: setting.msSsim.high } : null),
  'psnr-lambda': () => scatter('psnr-lambda', 'PSNR against λ_min', 'psnr', 'PSNR [dB]'),
  'ms-ssim-lambda': () => scatter('ms-ssim-lambda', 'MS-SSIM against λ_min', 'msSsim', 'MS-SSIM'),
  'loss': () => curve('loss', 'loss', 'Loss during training', { name: 'loss (mean squared error)', short: 'loss', log: true },
    `Mean squared error over each epoch's batches. ${rangeNote}`),
  'psnr-epochs': () => curve('psnr-epochs', 'psnr', 'PSNR during training', { name: 'PSNR [dB]' },
    `Quality after an epoch: on the whole picture, of trials with hold-out on the pixels that they are trained on. ${rangeNote}`),
  'lambda-epochs': () => {
    const series = shownSettings().map(setting => ({ ...ofSetting(setting), points: data.spectra
      .filter(band => band.setting === setting.name && band.term === 'total')
      .map(band => lambdaPoint(band.epoch, band.lambdaMinLower, band.lambdaMinUpper)) }));
    return { id: 'lambda-epochs', title: 'Smallest eigenvalue during training', series, range, empty: noKernel,
      x: { name: 'epoch of the checkpoint', short: 'epoch', whole: true, zero: true },
      y: { name: 'median λ_min', short: 'λ_min', log: true, ...stripped(series.flatMap(entry => entry.points), 'y') },
      caption: 'Median over pictures and seeds at each checkpoint. Hollow triangles are upper bounds: the eigenvalue is smaller; in the strip it may be by any number of orders.' + spectraScoped };
  },
  freezing,
  'drift': () => {
    const series = shownSettings().filter(setting => setting.drift.n > 0).map(setting => ({ ...ofSetting(setting), kind: 'scatter',
      bars: true, points: [{ x: setting.values.psnr_mean, y: setting.drift.median, low: setting.drift.low, high: setting.drift.high }] }))
      .filter(entry => entry.points[0].x !== null);
    return { id: 'drift', title: 'How far the kernel moves', series, range, empty: noKernel,
      x: { name: 'mean PSNR [dB]', short: 'PSNR [dB]' }, y: { name: 'kernel drift ‖K − K₀‖ / ‖K₀‖', short: 'drift', zero: true },
      caption: 'Relative change of the kernel from initialisation to the last checkpoint, median and 10–90 % range, against the quality reached. '
        + 'Near 0 the network is in the lazy regime, where the initial kernel tells all; far from it the kernel has learnt the picture.' };
  },
  'cost': () => {
    const settings = shownSettings().filter(setting => setting.cost !== null);
    const part = (name, key, color) => ({ name, color, points: settings.map(setting => ({ x: setting.name, y: setting.cost[key] })) });
    return { id: 'cost', title: 'Time of a trial', wide: true, legend: true, range, empty: noQuality, value: { name: 'mean seconds', unit: 's' },
      x: { name: 'setting', categories: settings.map(setting => setting.name), inverse: true, labelWidth: window.innerWidth < 600 ? 130 : 260 },
      y: { name: 'mean seconds of one core', zero: true },
      series: [part('training', 'train', dark() ? '#56b4e9' : '#0072b2'), part('kernels', 'kernel', dark() ? '#f0c24a' : '#c98a00'),
        part('the rest', 'other', dark() ? '#77808a' : '#a9b0b7')],
      caption: 'Mean over succeeded trials, each on one core. Kernels: with their spectra. The rest: reading the picture, evaluation and files.' };
  },
  'psnr-cost': () => {
    const series = shownSettings().filter(setting => setting.values.parameters !== null && setting.values.psnr_n > 0).map(setting => ({
      ...ofSetting(setting), kind: 'scatter', bars: true,
      points: [{ x: setting.values.parameters, y: setting.values.psnr_mean, low: setting.psnr.low, high: setting.psnr.high }] }));
    return { id: 'psnr-cost', title: 'PSNR against size', wide: true, series, range, empty: noQuality,
      x: { name: 'trainable numbers', log: true, ...decades(series.map(entry => entry.points[0].x)) }, y: { name: 'mean PSNR [dB]', short: 'PSNR [dB]' },
      caption: 'Each setting by the numbers it trains, those of its grid included: what a grid gains must be seen against what it stores.' };
  },
};
