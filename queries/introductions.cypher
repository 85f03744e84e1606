// What papers introduce, of one type
//
// Methods, tasks, datasets or metrics that papers claim to propose, introduce or release, those that most papers mention
// first, then the newest, each with the sentence.
//
// ? which datasets were introduced
// ? which datasets were proposed
// ? what datasets do papers introduce
// ? list the new datasets
// ? which methods were introduced
// ? which methods were proposed
// ? what methods do papers introduce
// ? list the new methods
// ? which tasks were introduced
// ? which tasks were proposed
// ? what tasks do papers introduce
// ? which metrics were introduced
// ? which metrics were proposed
// ? what metrics do papers introduce
// ? which benchmarks have been released
//
// > most-used
//
// $type (label) = "Dataset": Method, Task, Dataset or Metric
// $limit (integer) = 100: most rows to give
MATCH (p:Paper)-[r:INTRODUCES]->(c:Method|Task|Dataset|Metric)
WHERE c.id STARTS WITH (toLower($type) + ':')
RETURN c.name AS concept, c.papers AS papers, p.title AS title, r.sentence AS sentence, p.key AS key, p.id AS paper,
       c.id AS id
ORDER BY papers DESC, id, paper
LIMIT $limit
