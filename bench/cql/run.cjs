// Runs a library in ELM over people and tells how long that took; see ../cql_bench.py.
// First argument: the name of the package. In (stdin): {library, runs, people: [{question:
// answer or null}]}. Out (stdout): {seconds: [of the processor, for each run], results: [{name:
// value}]}.
'use strict';

const { readFileSync } = require('node:fs');
const { DateTime, Executor, Library } = require(process.argv[2]);

// A patient whose properties are the answers. The package's own class looks into each value for
// dates and codes, which costs more.
class Person {
  constructor(answers, id) {
    Object.assign(this, answers);
    this.id = String(id);
  }

  getId() {
    return this.id;
  }

  findRecords() {
    return [this];
  }
}

class Group {
  constructor(people) {
    this.people = people;
    this.at = 0;
  }

  currentPatient() {
    return this.people[this.at];
  }

  nextPatient() {
    this.at += 1;
    return this.people[this.at];
  }
}

async function main() {
  const { library, people, runs } = JSON.parse(readFileSync(0, 'utf8'));
  const executor = new Executor(new Library(library));
  const group = people.map((answers, id) => new Person(answers, id));
  // Given once: otherwise the engine makes a date and time for each person.
  const now = DateTime.fromJSDate(new Date());
  const seconds = [];
  let found;
  for (let run = 0; run <= runs; run += 1) {
    const start = process.cpuUsage();
    found = await executor.exec(new Group(group), now);
    const { user, system } = process.cpuUsage(start);
    // The first run does not count: in it the code is compiled.
    if (run > 0) seconds.push((user + system) / 1e6);
  }
  const results = group.map(({ id }) => {
    const { Patient, ...values } = found.patientResults[id];
    return values;
  });
  process.stdout.write(JSON.stringify({ seconds, results }));
}

main();
