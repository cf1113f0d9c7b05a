import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

type Service = {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  ports?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  container_name?: string;
  networks?: string[];
  volumes?: string[];
  stop_grace_period?: string;
};
type Compose = { services: Record<string, Service>; networks: object; volumes: object };
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build);
const docker = readFileSync('Dockerfile', 'utf8');
const known = new Set([...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z_]+)=/gm)].map((match) => match[1]));

it('names images by version, and networks, volumes and services that exist', () => {
  for (const [name, service] of services) {
    expect(service.image, name).toMatch(/:v?\d+\.\d+/);
    for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty(network);
    for (const volume of service.volumes ?? [])
      if (!volume.startsWith('./')) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const depended = compose.services[other];
      expect(depended, `${name} waits for ${other}`).toBeDefined();
      if (condition === 'service_healthy') expect(depended?.healthcheck?.test, other).toBeDefined();
    }
  }
});

it('starts every worker of the command line once, with variables Postern knows', () => {
  const help = execFileSync(process.execPath, ['src/cli/main.ts', 'work', '--help'], { encoding: 'utf8' });
  const workers = /worker\s+((?:\w+ \| )+\w+)/.exec(help)?.[1]?.split(' | ') ?? [];
  const started = ours.flatMap(([, { command }]) => (command?.[0] === 'work' ? [command[1]] : []));
  expect(started.toSorted()).toEqual(workers.toSorted());
  for (const [name, service] of ours)
    for (const variable of Object.keys(service.environment ?? {})) expect(known, name).toContain(variable);
});

it('leaves intake, outbound and scheduler free to be scaled, and gives every worker longer to stop than it takes', () => {
  for (const name of ['intake', 'outbound', 'scheduler']) {
    expect(compose.services[name]?.ports).toBeUndefined();
    expect(compose.services[name]?.container_name).toBeUndefined();
  }
  for (const [name, service] of ours) expect(service.stop_grace_period, name).toBe('30s');
});

it('copies into the image only what is there and is let into the build', () => {
  const let_in = readFileSync('.dockerignore', 'utf8');
  const sources = [...docker.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => match[1]?.split(' ') ?? []);
  expect(sources.length).toBeGreaterThan(5);
  for (const source of sources) {
    expect(existsSync(source), source).toBe(true);
    expect(let_in).toContain(`!${source}\n`);
  }
});

it('runs the pinned Node in the image, not as root', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: { node: string } };
  const bases = [...docker.matchAll(/^FROM (\S+)/gm)].map((match) => match[1]);
  expect(new Set(bases)).toEqual(new Set([`node:${dependencies.node}-slim`]));
  expect(docker).toMatch(/^USER node$/m);
});
