// Draws `[data-chart]`: seconds and a column for each of `data-series`, a name and a colour. Without it the table below says the same.
for (const figure of document.querySelectorAll('[data-chart]')) {
  const columns = JSON.parse(figure.dataset.chart);
  const styles = getComputedStyle(document.documentElement);
  const colour = (name) => styles.getPropertyValue(name).trim();
  const resolved = (name) => {
    const probe = document.createElement('i');
    probe.style.color = `var(${name})`;
    figure.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color || colour(name);
  };
  const size = () => ({ width: figure.clientWidth, height: Math.max(180, Math.min(320, figure.clientWidth / 2.6)) });
  const axis = { stroke: resolved('--ink-3'), grid: { stroke: resolved('--line') }, ticks: { stroke: resolved('--line') } };
  const names = JSON.parse(figure.dataset.series ?? '[["Mails in","--accent"],["Letters out","--warn"]]');
  const bars = figure.dataset.kind === 'bars' ? { fill: true, paths: uPlot.paths.bars({ size: [0.7, 48] }), width: 0 } : null;
  const line = ([label, name]) => {
    const colour = resolved(name);
    return { label, stroke: colour, width: 1.5, points: { show: false }, ...bars, ...(bars && { fill: colour }) };
  };
  /* Times as the tables have them: day before month, 24 hours. */
  const written = (options) => {
    const form = new Intl.DateTimeFormat('en-GB', { timeZone: figure.dataset.zone, hourCycle: 'h23', ...options });
    return (seconds) => form.format(new Date(seconds * 1e3));
  };
  const [day, hour] = [written({ day: 'numeric', month: 'short' }), written({ hour: '2-digit', minute: '2-digit' })];
  const ticks = (_, at, _axis, _space, apart) => at.map((one) => (apart >= 86400 || hour(one) === '00:00' ? day(one) : hour(one)));
  const said = (_, at) => (at === null || at === undefined ? '–' : bars ? day(at) : `${day(at)} ${hour(at)}`);
  const chart = new uPlot(
    {
      ...size(),
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), figure.dataset.zone),
      series: [{ label: bars ? 'Week of' : 'Hour', value: said }, ...names.map(line)],
      axes: [{ ...axis, values: ticks }, { ...axis, size: 56 }],
      scales: { y: { range: (_, low, high) => [0, Math.max(high, 1)] } },
      cursor: { drag: { x: true, y: false } },
    },
    columns,
    figure,
  );
  new ResizeObserver(() => chart.setSize(size())).observe(figure);
}
