// What there is of a kind that a word tells
//
// Methods, tasks, datasets or metrics whose name has a word, or that a paper introduces which has it in its title or is
// about something called so: which of these it was, in `why`. Those called so themselves come first, then those that most
// papers mention.
//
// ? which {word} methods are there
// ? {word} methods
// ? list all {word} methods
// ? which methods are {word}
// ? what {word} datasets exist
// ? which {word} datasets are there
// ? which {word} tasks are there
// ? which {word} metrics are there
// ? are there {word} methods
//
// $word (word) = "bidirectional": word of the name, of a title or of a topic
// $type (label) = "Method": Method, Task, Dataset or Metric
// $limit (integer) = 100: most rows to give
WITH ' ' + replace(toLower($word), '-', ' ') AS word
MATCH (c:Method|Task|Dataset|Metric)
WHERE c.id STARTS WITH (toLower($type) + ':') AND NOT c.generic
WITH word, c, (' ' + replace(toLower(c.name), '-', ' ')) CONTAINS word AS called
OPTIONAL MATCH (p:Paper)-[:INTRODUCES]->(c)
OPTIONAL MATCH (p)-[:ABOUT]->(k:Method|Task|Dataset|Metric) WHERE (' ' + replace(toLower(k.name), '-', ' ')) CONTAINS word
WITH c, called, p, min(k.name) AS topic, (' ' + replace(toLower(coalesce(p.title, '')), '-', ' ')) CONTAINS word AS titled
WITH c, called, min(CASE WHEN titled THEN 'title: ' + p.title WHEN topic IS NOT NULL THEN 'topic: ' + topic END) AS source,
     min(CASE WHEN titled OR topic IS NOT NULL THEN p.key END) AS key
WHERE called OR source IS NOT NULL
RETURN c.name AS concept, CASE WHEN called THEN 'name' ELSE source END AS why, c.papers AS papers, key, c.id AS id
ORDER BY called DESC, papers DESC, concept, id
LIMIT $limit
