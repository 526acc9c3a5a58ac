import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LoadProblem, readYaml } from '../platform/door.ts';
import { type Element, ElementsFileShape, type Material, type Question } from './model.ts';

/** The words of the house, in memory. */
export type Elements = {
  /** All questions, in the order they are asked. */
  questions: Question[];
  element(id: string): Element | undefined;
  material(id: string): Material | undefined;
  /** Ids of all elements, e.g. as the names conditions may use. */
  ids(): string[];
};

type Placed = { problemAt: Awaited<ReturnType<typeof readYaml>>['problemAt'] };

/**
 * Reads every YAML file of a folder. What is wrong is reported and left out; the rest is loaded. An id that is used
 * twice, even in two files, counts once: the first stays.
 */
export async function loadElements(folder: string): Promise<{ elements: Elements; problems: LoadProblem[] }> {
  const questions: Question[] = [];
  const elements = new Map<string, Element>();
  const materials = new Map<string, Material>();
  const problems: LoadProblem[] = [];
  for (const name of await yamlFiles(folder)) {
    const read = await readYaml(join(folder, name), ElementsFileShape);
    problems.push(...read.problems);
    for (const [at, question] of (read.value?.questions ?? []).entries()) {
      addQuestion(question, ['questions', at], read);
    }
    for (const [at, material] of (read.value?.materials ?? []).entries()) {
      if (materials.has(material.id)) problems.push(read.problemAt(['materials', at, 'id'], twice(material.id)));
      else materials.set(material.id, material);
    }
  }
  return {
    elements: {
      questions: questions.sort((a, b) => a.order - b.order),
      element: (id) => elements.get(id),
      material: (id) => materials.get(id),
      ids: () => [...elements.keys()],
    },
    problems,
  };

  function addQuestion(question: Question, path: (string | number)[], { problemAt }: Placed): void {
    if (questions.some((known) => known.id === question.id)) {
      problems.push(problemAt([...path, 'id'], twice(question.id)));
      return;
    }
    const kept = question.elements.filter((element, at) => {
      const wrong = elements.has(element.id) ? { key: 'id', message: twice(element.id) } : elementProblem(element);
      if (wrong) problems.push(problemAt([...path, 'elements', at, wrong.key], wrong.message));
      else elements.set(element.id, element);
      return !wrong;
    });
    if (kept.length > 0) questions.push({ ...question, elements: kept });
  }
}

async function yamlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.yaml')).sort();
}

function twice(id: string): string {
  return `${id} is already the id of another`;
}

/** What a schema cannot say about one element. */
function elementProblem(element: Element): { key: string; message: string } | undefined {
  if (element.type === 'choice' && !element.options?.length) return { key: 'type', message: 'a choice needs options' };
  if (element.sensitivity >= 4 && !element.basis)
    return { key: 'sensitivity', message: 'a sensitive element says its basis: a statutory duty, or consent' };
  const values = element.options?.map((option) => option.value) ?? [];
  if (new Set(values).size < values.length) return { key: 'options', message: 'two options have the same value' };
  if (element.min !== undefined && element.max !== undefined && element.min > element.max) {
    return { key: 'min', message: 'min is greater than max' };
  }
  if (element.pattern === undefined) return undefined;
  try {
    new RegExp(element.pattern, 'u');
    return undefined;
  } catch {
    return { key: 'pattern', message: `${element.pattern} is no regular expression` };
  }
}
