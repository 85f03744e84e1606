// Introduced since a year
//
// What papers of a year and later claim to introduce, the newest and surest first, with the sentence: all of it, or what is
// of one type.
//
// ? what was introduced since {year}
// ? what is new since {year}
// ? new methods since {year}
// ? which methods were proposed since {year}
// ? what came out after {year}
// ? which datasets were introduced since {year}
// ? which metrics were introduced since {year}
// ? new tasks since {year}
// ? what has appeared from {year} on
//
// $year (year) = 2019: first year of publication
// $type (label) = "": Method, Task, Dataset or Metric; any if empty
// $limit (integer) = 100: largest number of rows
MATCH (p:Paper)-[r:INTRODUCES]->(c:Method|Task|Dataset|Metric)
WHERE p.year >= $year AND ($type = '' OR c.id STARTS WITH (toLower($type) + ':'))
RETURN c.name AS concept, p.year AS year, p.title AS title, r.confidence AS confidence, r.sentence AS sentence,
       p.key AS key, p.id AS paper, c.id AS id
ORDER BY year DESC, confidence DESC, id, paper
LIMIT $limit
