// Concepts on the rise
//
// Concepts that more papers of the latest years mention than of the years before, by the gain.
// The latest year is that of the newest paper in the graph.
//
// ? which concepts are on the rise
// ? what is trending
// ? trends
// ? hot topics
// ? emerging topics
// ? what has become more popular recently
// ? rising topics of the last {years} years
// ? what has gained interest in recent years
// ? which topics are growing
// ? concepts gaining popularity
// ? what is new and upcoming
// ? fastest growing topics
// ? what is becoming popular
// ? what is fashionable at the moment
// ? what is gaining ground
// ? current trends
// ? new topics
// ? which concepts are taking off
// ? which concepts are mentioned more often than before
// ? what is up and coming in the last {years} years
//
// $years (integer) = 2: length of each of the two spans of years that are compared
// $limit (integer) = 50: most rows to give
MATCH (newest:Paper) WITH max(newest.year) AS latest
MATCH (p:Paper)-[:MENTIONS]->(c:Method|Task|Dataset|Metric)
WHERE p.year > latest - 2 * $years
WITH c, latest,
     count(CASE WHEN p.year > latest - $years THEN 1 END) AS recent,
     count(CASE WHEN p.year <= latest - $years THEN 1 END) AS before
WHERE recent > before
RETURN c.name AS concept, recent, before, recent - before AS gain, latest AS until, c.id AS id
ORDER BY gain DESC, recent DESC, concept, id
LIMIT $limit
