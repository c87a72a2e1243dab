// Plays form sessions on @getodk/xforms-engine: one JSON job a line in, one JSON result a line out.
// A job is {id, xml, files: {name: text}, steps}; a result is {id, error} or {id, lines: [{step, nodes | error, xml}]},
// the lines in the shape of `form play`. `now` in the environment (ISO time) freezes the clock.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const home = path.resolve(process.env.ORACLE_HOME ?? '.');
const require_ = createRequire(path.join(home, 'package.json'));

if (process.env.ORACLE_NOW) {
	const frozen = Date.parse(process.env.ORACLE_NOW);
	const Real = Date;
	globalThis.Date = class extends Real {
		constructor(...parts) {
			super(...(parts.length ? parts : [frozen]));
		}
		static now() {
			return frozen;
		}
	};
}

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
const say = (text) => process.stdout.write(text);
console.log = console.warn = console.info = (...words) => process.stderr.write(`${words.join(' ')}\n`);

// Where the documents decide against this engine, it is changed to what they say, so that the rest can be compared.
const DECIDED = [
	// A date that is none is blank (forms.md §10.2).
	// sum() of no Nodes is 0: XPath 1.0, which the ODK specification follows, and JavaRosa.
	[/(const INVALID_DATE_TIME_STRING = )"Invalid Date"/, '$1""'],
	[/(const sum\$1 = [\s\S]*?return result \?\? )NaN;/, '$10;'],
];
const dist = path.join(home, 'node_modules/@getodk/xforms-engine/dist');
let source = readFileSync(path.join(dist, 'index.js'), 'utf8');
for (const [found, wanted] of DECIDED) {
	if (!found.test(source)) throw new Error(`Nothing to change for ${found}`);
	source = source.replace(found, wanted);
}
const decided = path.join(dist, `decided-${process.pid}.js`);
writeFileSync(decided, source);
const engine = await import(pathToFileURL(decided).href).finally(() => rmSync(decided));

const text = (range) => (range == null ? '' : range.asString.trim());

function shown(node) {
	const state = node.currentState;
	const options = state.valueOptions;
	return {
		kind: node.nodeType,
		value: typeof state.instanceValue === 'string' ? state.instanceValue : '',
		relevant: state.relevant,
		required: state.required,
		readonly: state.readonly,
		valid: node.validationState?.violation == null,
		constraint: node.validationState?.constraint?.valid ?? true,
		message: text(node.validationState?.violation?.message),
		label: text(state.label),
		hint: text(state.hint),
		choices: options?.length
			? options.map((o) => ({ name: o.value, label: text(o.label) }))
			: [],
	};
}

function* walk(node) {
	yield node;
	for (const child of node.currentState.children ?? []) yield* walk(child);
}

const isRange = (node) => node.nodeType.startsWith('repeat-range');
const find = (root, ref) => {
	for (const node of walk(root)) if (node.currentState.reference === ref) return node;
	throw new Error(`No node ${ref}`);
};

function states(root) {
	const nodes = {};
	for (const node of walk(root)) if (!isRange(node)) nodes[node.currentState.reference] = shown(node);
	return nodes;
}

function answer(node, value) {
	switch (node.nodeType) {
		case 'select':
			if (node.selectType === 'select1') return node.selectValue(value === '' ? null : value);
			return node.selectValues(value.split(/\s+/).filter(Boolean));
		case 'rank':
			return node.setValues(value.split(/\s+/).filter(Boolean));
		case 'trigger':
			return node.setValue(value.toLowerCase() === 'ok');
		case 'input':
		case 'range':
			return node.setValue(value);
		default:
			throw new Error(`A ${node.nodeType} takes no answer.`);
	}
}

async function take(root, step) {
	if ('answer' in step) answer(find(root, step.answer), step.value);
	else if ('add_repeat' in step) find(root, step.add_repeat).addInstances();
	else if ('remove_repeat' in step) {
		const [, range, index] = /^(.*)\[(\d+)\]$/.exec(step.remove_repeat);
		find(root, step.remove_repeat);
		find(root, range).removeInstances(Number(index) - 1);
	} else if ('language' in step) {
		const known = root.languages.find((l) => l.language === step.language);
		if (!known) throw new Error(`No language ${step.language}`);
		root.setLanguage(known);
	} else if (step.finalize) {
		const payload = await root.prepareInstancePayload();
		return { xml: await payload.data[0].get('xml_submission_file').text() };
	}
	return {};
}

const MIME = { csv: 'text/csv', xml: 'text/xml', geojson: 'application/geo+json' };

async function play({ id, xml, files = {}, steps }) {
	const fetchFormAttachment = async (url) => {
		const name = url.href.split('/').pop();
		if (!(name in files)) return new Response('', { status: 404 });
		return new Response(files[name], { headers: { 'content-type': MIME[name.split('.').pop()] } });
	};
	const loaded = await engine.loadForm(xml, { fetchFormAttachment, missingResourceBehavior: 'BLANK' });
	if (loaded.error) return { id, error: String(loaded.error.message) };
	const config = { instanceAttachments: {}, preloadProperties: { deviceID: 'device', username: 'user' } };
	let { root } = loaded.createInstance(config);
	const lines = [{ step: 0, nodes: states(root) }];
	for (const [index, step] of steps.entries()) {
		const line = { step: index + 1 };
		try {
			if (step.reopen) {
				const { data } = await root.prepareInstancePayload();
				({ root } = await loaded.restoreInstance({ data }, config));
			} else Object.assign(line, await take(root, step));
		} catch (problem) {
			line.error = String(problem.message ?? problem);
		}
		line.nodes = states(root);
		lines.push(line);
	}
	return { id, lines };
}

for await (const line of createInterface({ input: process.stdin })) {
	if (!line.trim()) continue;
	const job = JSON.parse(line);
	let result;
	try {
		result = await play(job);
	} catch (problem) {
		result = { id: job.id, error: String(problem.stack ?? problem) };
	}
	say(`${JSON.stringify(result)}\n`);
}
