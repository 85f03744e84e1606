// Introduced in a year
//
// What papers of one year claim to introduce, with the sentence: methods and datasets above all.
//
// ? what was introduced in {year}
// ? which methods were proposed in {year}
// ? new methods of {year}
// ? which datasets were introduced in {year}
// ? what was new in {year}
// ? inventions of {year}
// ? models released in {year}
// ? what came out in {year}
// ? what did papers of {year} introduce
// ? what did {year} bring that was new
// ? which methods appeared in {year}
// ? novelties of {year}
// ? proposed in {year}
// ? methods from {year}
//
// $year (year) = 2019: year of publication
// $limit (integer) = 100: largest number of rows
MATCH (p:Paper)-[r:INTRODUCES]->(c:Method|Task|Dataset|Metric)
WHERE p.year = $year
RETURN c.name AS concept, p.title AS title, r.confidence AS confidence, r.sentence AS sentence, p.key AS key,
       p.id AS paper, c.id AS id
ORDER BY id, paper
LIMIT $limit
