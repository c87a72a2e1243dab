// @getodk/xforms-engine as a process of its own: reads a job, fills its forms, prints what it took (see bench_xforms.py).
// PACKAGES names the folder that holds node_modules.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const home = path.resolve(process.env.PACKAGES ?? '.');
const require_ = createRequire(path.join(home, 'package.json'));
const FROZEN = Date.parse('2026-11-24T09:00:00+08:00');
const RealDate = Date;
globalThis.Date = class extends RealDate {
	constructor(...parts) {
		super(...(parts.length ? parts : [FROZEN]));
	}
	static now() {
		return FROZEN;
	}
};

const { JSDOM } = require_('jsdom');
const { window } = new JSDOM('<html></html>');
const NAMES = [
	'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Document', 'XMLDocument', 'Text', 'Comment', 'Attr', 'CDATASection',
	'XPathResult', 'NodeFilter', 'ProcessingInstruction', 'HTMLElement', 'document',
];
for (const name of NAMES) globalThis[name] = window[name];
globalThis.window = window;
globalThis.require = require_;
globalThis.__dirname = home;
console.log = console.warn = console.info = () => {};
const engine = await import(
	pathToFileURL(path.join(home, 'node_modules/@getodk/xforms-engine/dist/index.js')).href
);

const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

function* walk(node) {
	yield node;
	for (const child of node.currentState.children ?? []) yield* walk(child);
}

function answer(node, value) {
	if (node.nodeType === 'select') {
		if (node.selectType === 'select1') node.selectValue(value);
		else node.selectValues(value.split(' '));
	} else if (node.nodeType === 'upload') node.setValue(new File(['x'], value, { type: 'image/jpeg' }));
	else node.setValue(value);
}

async function opened(xml) {
	const start = performance.now();
	const form = await engine.loadForm(xml);
	if (form.error) throw form.error;
	const { root } = form.createInstance({
		instanceAttachments: { fileNameFactory: ({ basename, extension }) => `${basename}${extension ?? ''}` },
	});
	return { form, root, taken: performance.now() - start };
}

function answered(root, script) {
	const byPath = new Map();
	for (const node of walk(root)) byPath.set(node.currentState.reference, node);
	return script.map(([where, value]) => {
		const start = performance.now();
		answer(byPath.get(where), value);
		return performance.now() - start;
	});
}

async function written(root) {
	const payload = await root.prepareInstancePayload();
	return payload.data[0].get('xml_submission_file').text();
}

async function speed(job) {
	const loads = [];
	const means = [];
	let root;
	for (let i = 0; i < job.rounds; i++) {
		const session = await opened(job.wide);
		root = session.root;
		loads.push(session.taken);
		means.push(mean(answered(root, job.script)));
	}
	const repeats = (await opened(job.repeat)).root;
	const range = [...walk(repeats)].find((node) => node.nodeType.startsWith('repeat-range'));
	const start = performance.now();
	range.addInstances(0, job.instances - 1);
	const adding = (performance.now() - start) / 1000;
	const taken = answered(repeats, job.repeat_script);
	return {
		loads_ms: loads,
		answers_ms: means,
		adding_s: adding,
		repeat_ms: mean(taken),
		repeat_worst_ms: Math.max(...taken),
		wide_xml: await written(root),
		repeat_xml: await written(repeats),
	};
}

const resident = () => process.memoryUsage.rss() / 1024 / 1024;

async function memory(job) {
	const before = resident();
	const kept = await opened(job.wide);
	return { engine_mb: before, mb: resident(), kept: Object.keys(kept).length };
}

const job = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(await (job.what === 'memory' ? memory : speed)(job)));
process.exit(0);
