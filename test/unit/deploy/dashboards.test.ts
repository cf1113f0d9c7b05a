/** deploy/: what the dashboard and the rules ask for are metrics that there are; Prometheus' own tool checks them where it can be had. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { remove, scratch } from '../../support/process.ts';
import { findProgram, lineToType } from '../../support/servers/debian.ts';

const home = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(resolve(home, path), 'utf8');

type Target = { readonly refId: string; readonly expr: string };
type Panel = {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Target[];
};
const dashboard = JSON.parse(read('deploy/grafana/postern.json')) as {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
};
type Rule = { readonly record?: string; readonly alert?: string; readonly expr: string };
const rules = (parse(read('deploy/prometheus/postern.rules.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);

/** Named where they are counted. */
const sources = ['src', 'workers'].flatMap((folder) =>
  readdirSync(resolve(home, folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(resolve(home, folder, name), 'utf8')),
);
const counted = new Set(
  sources.flatMap((text) => [...text.matchAll(/['"](postern_[a-z_]+)['"]/g)].map(([, name = '']) => name)),
);
const histograms = new Set(
  sources.flatMap((text) => [...text.matchAll(/observe\(\s*'(postern_[a-z_]+)'/g)].map(([, name = '']) => name)),
);
const exists = (name: string): boolean => {
  const base = name.replace(/_(?:bucket|count|sum)$/, '');
  return base === name ? counted.has(name) && !histograms.has(name) : histograms.has(base);
};
const namesIn = (expr: string): string[] => [...expr.matchAll(/\bpostern_[a-z_]+/g)].map(([name]) => name);

const targets = dashboard.panels.flatMap(({ title, targets: of = [] }) => of.map((one) => ({ title, ...one })));

describe('the dashboard for Grafana', () => {
  it('asks for metrics that are counted', () => {
    expect(targets.length).toBeGreaterThan(25);
    for (const { title, expr } of targets)
      for (const name of namesIn(expr)) expect(exists(name), `${title}: ${name}`).toBe(true);
  });
  it('has panels that lie side by side, with ids and questions of their own', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { title, gridPos: a, id, type, targets: of = [] } of panels) {
      expect(a.x + a.w, title).toBeLessThanOrEqual(24);
      expect(of.length > 0, title).toBe(type !== 'row');
      expect(new Set(of.map(({ refId }) => refId)).size, title).toBe(of.length);
      for (const { id: other, title: beside, gridPos: b } of panels)
        if (other !== id)
          expect(
            a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y,
            `${title} and ${beside}`,
          ).toBe(true);
    }
  });
  it('uses no variable but its own and those of Grafana', () => {
    const known = new Set(['__rate_interval', ...dashboard.templating.list.map(({ name }) => name)]);
    for (const [, name = ''] of JSON.stringify(dashboard).matchAll(/\$\{?([a-zA-Z_]+)\}?/g))
      expect(known.has(name), name).toBe(true);
  });
});

describe('the rules for Prometheus', () => {
  it('ask for metrics that are counted, or that a rule before them records', () => {
    const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
    for (const { alert, record, expr } of rules) {
      for (const name of namesIn(expr)) expect(exists(name), `${alert ?? record}: ${name}`).toBe(true);
      for (const [name] of expr.matchAll(/\bpostern:[a-z0-9_:]+/g)) expect(recorded.has(name), name).toBe(true);
    }
  });
  it('are read, tested and used for the dashboard by promtool', () => {
    const promtool = findProgram('promtool');
    if (!promtool) throw new Error(`no promtool here. Type: ${lineToType(['prometheus'])}`);
    const folder = scratch('promtool');
    const run = (...words: string[]) =>
      execFileSync(promtool, words, { cwd: resolve(home, 'deploy/prometheus'), encoding: 'utf8' });
    expect(run('check', 'rules', 'postern.rules.yml')).toContain('SUCCESS');
    expect(run('test', 'rules', 'postern.rules.test.yml')).toContain('SUCCESS');
    expect(run('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
    const asked = targets.map(({ expr }, n) => ({
      record: `dashboard:${n}`,
      expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'postern'),
    }));
    const file = join(folder, 'dashboard.yml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: asked }] }));
    expect(run('check', 'rules', file)).toContain('SUCCESS');
    remove(folder);
  });
});
