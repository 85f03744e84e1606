// The most used concepts of a type
//
// Methods, tasks, datasets or metrics by the number of papers that mention them, with how many introduce them.
//
// ? most used {type}
// ? most popular {type}
// ? which {type} are used most
// ? most common {type}
// ? top {limit} {type}
// ? which {type} are mentioned most often
// ? most frequent {type}
// ? what are the most widely used {type}
// ? biggest {type} by number of papers
// ? list {type} by popularity
// ? most popular {type} in the collection
// ? which {type} do papers use most
// ? {type} by number of papers
// ? ranking of {type} by popularity
// ? what are common {type}
//
// $type (label) = "Method": Method, Task, Dataset or Metric
// $limit (integer) = 50: largest number of rows
MATCH (c:Method|Task|Dataset|Metric)
WHERE c.id STARTS WITH (toLower($type) + ':')
RETURN c.name AS concept, c.papers AS papers, COUNT { MATCH (:Paper)-[:INTRODUCES]->(c) } AS introduced_by, c.id AS id
ORDER BY papers DESC, id
LIMIT $limit
