const width = 640;
const height = 360;
const margin = { left: 70, right: 150, top: 30, bottom: 50 };
const colours = ['#0b6e99', '#c0392b', '#2e7d32', '#8e6c00', '#6a1b9a'];
const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };

/** Both scales are logarithmic. */
export function drawLines({ title, xLabel, yLabel, lines }) {
  const points = lines.flatMap(({ points: all }) => all);
  const x = scaleOf(
    points.map(([one]) => one),
    [margin.left, margin.left + inner.width],
  );
  const y = scaleOf(
    points.map(([, one]) => one),
    [margin.top + inner.height, margin.top],
  );
  const drawn = lines.map(({ name, points: all }, index) => {
    const colour = colours[index % colours.length];
    const path = all
      .map(([one, other], at) => `${at === 0 ? 'M' : 'L'}${round(x.at(one))} ${round(y.at(other))}`)
      .join(' ');
    const [lastX, lastY] = all.at(-1);
    const dots = all.map(
      ([one, other]) => `<circle cx="${round(x.at(one))}" cy="${round(y.at(other))}" r="3" fill="${colour}"/>`,
    );
    return [
      `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...dots,
      text(x.at(lastX) + 8, y.at(lastY) + 4, name, `fill="${colour}"`),
    ].join('\n');
  });
  const ticks = [
    ...x.ticks.map((one) =>
      text(x.at(one), height - margin.bottom + 18, one.toLocaleString('en'), 'text-anchor="middle"'),
    ),
    ...y.ticks.map((one) => text(margin.left - 8, y.at(one) + 4, String(one), 'text-anchor="end"')),
    ...y.ticks.map((one) => rule(margin.left, y.at(one), margin.left + inner.width, y.at(one))),
    text(margin.left + inner.width / 2, height - 10, xLabel, 'text-anchor="middle"'),
    text(8, margin.top - 12, yLabel),
  ];
  return svg(title, [...ticks, ...drawn]);
}

export function drawBars({ title, unit, bars }) {
  const most = Math.max(...bars.map(({ value }) => value));
  const step = 44;
  const drawn = bars.map(({ name, value }, index) => {
    const top = margin.top + 12 + index * step;
    const length = (value / most) * (width - 330);
    return [
      text(200, top + 17, name, 'text-anchor="end"'),
      `<rect x="210" y="${top}" width="${round(length)}" height="26" fill="${colours[index % colours.length]}"/>`,
      text(218 + length, top + 17, `${round(value)} ${unit}`),
    ].join('\n');
  });
  return svg(title, drawn, margin.top + 20 + bars.length * step);
}

function scaleOf(values, [from, to]) {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const span = Math.max(1, high - low);
  return {
    at: (value) => from + ((Math.log10(value) - low) / span) * (to - from),
    ticks: Array.from({ length: span + 1 }, (_, index) => Number(`1e${low + index}`)),
  };
}

function svg(title, parts, tall = height) {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${tall}" font-family="sans-serif" font-size="12">`;
  const ground = `<rect width="${width}" height="${tall}" fill="#ffffff"/>`;
  return `${[head, `<title>${title}</title>`, ground, ...parts].join('\n')}\n</svg>\n`;
}

function text(x, y, words, more = '') {
  return `<text x="${round(x)}" y="${round(y)}"${more === '' ? '' : ` ${more}`}>${words}</text>`;
}

function rule(x1, y1, x2, y2) {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#dddddd"/>`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
