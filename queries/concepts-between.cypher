// Concepts that two fields share
//
// Methods, datasets and metrics that papers mention together with each of two tasks, by the smaller number of papers.
// Generic ones (accuracy) are left out.
//
// ? what do {first} and {second} have in common
// ? which concepts do {first} and {second} share
// ? common ground of {first} and {second}
// ? methods datasets and metrics that {first} and {second} share
// ? concepts mentioned with both {first} and {second}
// ? what connects the fields of {first} and {second}
// ? overlap between {first} and {second}
// ? overlap of {first} and {second}
// ? which concepts occur in papers on {first} and also in papers on {second}
// ? what links the tasks {first} and {second}
// ? what is shared by {first} and {second}
//
// $first (task) = "question answering": name or id of a task
// $second (task) = "image classification": name or id of the other
// $limit (integer) = 50: most rows to give
MATCH (a:Task) WHERE a.id = $first OR a.name = $first
MATCH (b:Task) WHERE b.id = $second OR b.name = $second
MATCH (a)<-[:MENTIONS]-(p:Paper)-[:MENTIONS]->(c:Method|Dataset|Metric)
WHERE NOT coalesce(c.generic, false)
WITH b, c, count(p.id) AS papers_first
MATCH (b)<-[:MENTIONS]-(q:Paper)-[:MENTIONS]->(c)
WITH c, papers_first, count(q.id) AS papers_second
RETURN c.name AS concept, papers_first, papers_second,
       CASE WHEN papers_first < papers_second THEN papers_first ELSE papers_second END AS weaker, c.id AS id
ORDER BY weaker DESC, concept, id
LIMIT $limit
