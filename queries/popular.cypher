// What papers mention most
//
// Methods, tasks, datasets and metrics by the number of papers that mention them.
//
// $limit (integer) = 50: most rows to give
MATCH (c:Method|Task|Dataset|Metric)
RETURN c.name AS concept, c.papers AS papers, c.id AS id
ORDER BY papers DESC, id
LIMIT $limit
